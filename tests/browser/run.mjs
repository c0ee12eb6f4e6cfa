#!/usr/bin/env node
// The browser acceptance suite. Prints one line per acceptance id and edition; ends with 1 on any failure.
//   node run.mjs --editions FILE [--only N5,E1] [--site NAME] [--group notes,links] [--mutate] [--jobs N]
//   node run.mjs --site DIR --letter PATH --dense PATH …      one built edition, roles on the command line
// `--mutate` breaks the pages on purpose, once for each declared way, and fails where a check does not notice.
import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { launch, Stage } from './stage.mjs';

const ROLES = ['letter', 'dense', 'long', 'plain', 'chronology', 'register', 'person', 'bibliography', 'wanted', 'home', 'about', 'source', 'notfound'];
const GROUPS = ['links', 'notes', 'citation', 'chronology', 'everything'];
const LIMIT = 240_000;
// Where a check runs over every page kind, a mutant is tried on these.
const MUTATED = ['letter', 'chronology'];

const { values: options } = parseArgs({ options: {
  editions: { type: 'string' }, site: { type: 'string' }, only: { type: 'string' }, group: { type: 'string' },
  mutate: { type: 'boolean' }, jobs: { type: 'string' }, browser: { type: 'string' },
  ...Object.fromEntries(ROLES.map((role) => [role, { type: 'string' }])),
} });

/** The built editions under test: from a list in a file, or the one named on the command line. */
async function editions() {
  if (!options.editions) {
    if (!options.site) throw new Error('name the built editions with --editions FILE, or one with --site DIR --letter PATH …');
    const pages = Object.fromEntries(ROLES.filter((role) => options[role]).map((role) => [role, options[role]]));
    return [{ name: path.basename(path.resolve(options.site)), dir: path.resolve(options.site), pages }];
  }
  const base = path.dirname(path.resolve(options.editions));
  const list = JSON.parse(await readFile(options.editions, 'utf8')).editions;
  return list.map((one) => ({ ...one, dir: path.resolve(base, one.dir) }));
}

async function load() {
  const wanted = options.group?.split(',') ?? GROUPS;
  const groups = [];
  // One after another: jsdom requires parse5 while it may still be loading.
  for (const name of wanted) groups.push(await import(`./${name}.mjs`));
  const only = options.only?.split(',');
  return groups.flatMap((group) => group.default).filter((test) => !only || only.includes(test.id));
}

const locks = new Map();
/** Checks that share something of the machine (the clipboard) run one after another. */
async function locked(name, work) {
  if (!name) return work();
  const before = locks.get(name) ?? Promise.resolve();
  const mine = before.then(work);
  locks.set(name, mine.catch(() => {}));
  return mine;
}

async function runOne(browser, { test, site, mutant, role }, all) {
  const stage = new Stage(browser, site, mutant);
  stage.editions = all;
  const from = performance.now();
  let timer;
  try {
    const late = new Promise((_, fail) => { timer = setTimeout(() => fail(new Error(`not done after ${LIMIT / 1000} s`)), LIMIT); });
    await Promise.race([locked(test.lock, () => test.run(stage, role)), late]);
  } catch (error) {
    stage.failures.push(String(error.message).split('\n').slice(0, 3).join(' '));
  } finally {
    clearTimeout(timer);
    await stage.close();
  }
  return { seconds: (performance.now() - from) / 1000, failures: stage.failures, measured: stage.measured };
}

const baselines = new Map();
/** What the check finds in the unbroken page: only findings beyond these show that a mutant was noticed. */
function baseline(browser, job, role, all) {
  const key = [job.test.id, job.site.name, role].join();
  if (!baselines.has(key)) baselines.set(key, runOne(browser, { ...job, mutant: null, role }, all));
  return baselines.get(key);
}

// Checks known to fail, each with its reason. It fails in both directions: a check that fails and is not listed, and a listed
// one that has come to pass and must be struck from the list.
const open = JSON.parse(await readFile(new URL('./open.json', import.meta.url), 'utf8'));

function report({ test, site, mutant }, { seconds, failures, measured }) {
  const reason = mutant ? undefined : open[`${test.id} ${site.name}`];
  if (reason && failures.length > 0) {
    console.log(`OPEN ${test.id.padEnd(4)} ${site.name}  ${test.title}; known to fail: ${reason}  (${seconds.toFixed(1)} s)`);
    for (const failure of failures.slice(0, 4)) console.log(`       ${failure}`);
    return true;
  }
  if (reason) {
    console.log(`FAIL ${test.id.padEnd(4)} ${site.name}  passes now: strike it from open.json  (${seconds.toFixed(1)} s)`);
    return false;
  }
  const good = mutant ? failures.length > 0 : failures.length === 0;
  const where = `${site.name}${mutant ? ` with ${mutant.name}` : ''}`;
  const what = mutant ? (good ? `noticed: ${failures[0]}` : 'NOT noticed') : [test.title, ...measured].join('; ');
  console.log(`${good ? 'PASS' : 'FAIL'} ${test.id.padEnd(4)} ${where}  ${what}  (${seconds.toFixed(1)} s)`);
  if (!mutant) {
    for (const failure of failures.slice(0, 12)) console.log(`       ${failure}`);
    if (failures.length > 12) console.log(`       … and ${failures.length - 12} more`);
  }
  return good;
}

// The same engine without the browser's own windows: a third of the work.
const anyChromium = () => ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find((file) => existsSync(file));

async function main() {
  const all = await editions();
  const sites = all.filter((one) => !options.editions || !options.site || options.site.split(',').includes(one.name));
  const missing = sites.filter((site) => !existsSync(site.dir));
  if (sites.length === 0 || missing.length > 0) throw new Error(`no built edition at ${missing.map((site) => site.dir).join(', ') || 'all'}`);
  for (const site of sites) {
    for (const [role, name] of Object.entries(site.pages)) {
      if (!existsSync(path.join(site.dir, name))) throw new Error(`edition ${site.name}: the page for ${role} is missing: ${name}`);
    }
  }
  const tests = await load();
  const jobs = [];
  for (const test of tests) {
    const able = sites.filter((site) => (test.needs ?? []).every((role) => site.pages[role]) && !(site.skip ?? []).includes(test.id));
    if (able.length === 0) console.log(`skip ${test.id.padEnd(4)} no edition here has what it needs: ${(test.needs ?? []).join(', ')}`);
    if (options.mutate) {
      // On the edition with most kinds of pages only: a mutant tries the check, not the edition.
      const [site] = [...able].sort((a, b) => Object.keys(b.pages).length - Object.keys(a.pages).length);
      for (const mutant of site ? test.mutants ?? [] : []) jobs.push({ test, site, mutant, parts: test.each ? MUTATED.filter((role) => site.pages[role]) : [null] });
    } else {
      for (const site of test.once ? able.slice(0, 1) : able) jobs.push({ test, site, mutant: null, parts: test.each ? Object.keys(site.pages) : [null] });
    }
  }
  jobs.sort((a, b) => (b.test.weight ?? 1) - (a.test.weight ?? 1));
  const browser = await launch(options.browser ?? process.env.IBID_CHROMIUM ?? anyChromium());
  const from = performance.now();
  let failed = 0;
  // A check of every page kind is done in parts, which any free hand may take, and is reported as one.
  const queue = jobs.flatMap((job) => job.parts.map((role) => ({ job, role })));
  const work = async () => {
    for (let part; (part = queue.shift());) {
      const { job, role } = part;
      const result = await runOne(browser, { ...job, role }, all);
      if (job.mutant) {
        const known = new Set((await baseline(browser, job, role, all)).failures);
        result.failures = result.failures.filter((finding) => !known.has(finding));
      }
      (job.results ??= []).push(result);
      if (job.results.length < job.parts.length) continue;
      const whole = {
        seconds: job.results.reduce((sum, one) => sum + one.seconds, 0),
        failures: job.results.flatMap((one) => one.failures), measured: job.results.flatMap((one) => one.measured),
      };
      if (!report(job, whole)) failed += 1;
    }
  };
  await Promise.all(Array.from({ length: Number(options.jobs ?? 3) }, work));
  const version = browser.version();
  await browser.close();
  console.log(`\n${jobs.length - failed} of ${jobs.length} ${options.mutate ? 'mutants noticed' : `checks as expected (${Object.keys(open).length} known to fail, see open.json)`}, Chromium ${version}, ${((performance.now() - from) / 1000).toFixed(0)} s`);
  if (jobs.length === 0) throw new Error('nothing was checked');
  return failed === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`error: ${error.message}`);
  process.exitCode = 2;
}
