#!/usr/bin/env node
// The preview in a real Chromium: `ibid serve` on a copy of the fixture edition, edited as an editor would while a page is open.
//   node preview.mjs [--program PATH] [--only TITLE] [--edits N]
// Prints one line per check; ends with 1 on any failure. Times are printed and not asserted.
import { execFileSync, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import assert from 'node:assert/strict';
import { launch } from './stage.mjs';
import { until } from './measure.mjs';

const here = import.meta.dirname;
const { values: options } = parseArgs({ options: { program: { type: 'string' }, only: { type: 'string' }, edits: { type: 'string' } } });
const program = path.resolve(options.program ?? path.join(here, '../../target/release/ibid'));
const EDITS = Number(options.edits ?? 1000);

/** An edition of its own with its preview. */
class Edition {
  static async begin({ args = [] } = {}) {
    const edition = new Edition();
    edition.root = await mkdtemp(path.join(tmpdir(), 'ibid-preview-'));
    await cp(path.join(here, 'edition/content'), path.join(edition.root, 'content'), { recursive: true });
    edition.child = spawn(program, ['serve', '--root', edition.root, '--port', '0', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    edition.told = '';
    edition.complained = '';
    edition.child.stdout.on('data', (data) => { edition.told += data; });
    edition.child.stderr.on('data', (data) => { edition.complained += data; });
    edition.ended = new Promise((done) => edition.child.on('exit', (status, signal) => done(signal ?? status)));
    const address = await until(() => edition.told.match(/http:\S+/)?.[0] ?? null, Boolean, 20_000);
    assert(address, `the preview did not begin: ${edition.told}${edition.complained}`);
    edition.address = address;
    edition.top = new URL('/', address).href;
    return edition;
  }

  file(name) { return path.join(this.root, name); }

  read(name) { return readFile(this.file(name), 'utf8'); }

  /** As most editors save: a new file renamed over the old one. */
  async save(name, text) {
    await mkdir(path.dirname(this.file(name)), { recursive: true });
    await writeFile(this.file(`${path.dirname(name)}/.saving`), text);
    await rename(this.file(`${path.dirname(name)}/.saving`), this.file(name));
  }

  async edit(name, was, now) {
    const text = await this.read(name);
    assert(text.includes(was), `${name} has no ${JSON.stringify(was)}`);
    await this.save(name, text.replace(was, now));
  }

  get(name, headers = {}) { return get(new URL(name, this.address), headers); }

  async end() {
    this.child.kill('SIGINT');
    const how = await this.ended;
    await rm(this.root, { recursive: true, force: true });
    return how;
  }
}

function get(url, headers = {}) {
  return new Promise((done, fail) => {
    const request = http.get(url, { headers, agent: false }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => done({ status: answer.statusCode, type: answer.headers['content-type'], to: answer.headers.location, body: Buffer.concat(parts) }));
    });
    request.on('error', fail);
  });
}

/** Everything under a folder, by path. */
async function tree(folder) {
  const found = new Map();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const full = path.join(entry.parentPath, entry.name);
    if (entry.isFile()) found.set(path.relative(folder, full).split(path.sep).join('/'), await readFile(full));
  }
  return found;
}

const HOOK = '<script src="/.ibid/reload.js" defer></script>\n';
const LETTER = 'content/documents/letter.md';
const opened = (page) => page.evaluate(() => document.querySelector('.note:popover-open')?.id ?? null);
const overlay = (page) => page.evaluate(() => document.querySelector('ibid-findings')?.shadowRoot.querySelector('pre').textContent ?? '');

/** A page at 900 px that would notice being loaded again, scrolled to its reference, with the note open. */
async function reading(browser, edition, name = 'documents/letter.html') {
  const page = await browser.newPage({ viewport: { width: 900, height: 600 } });
  await page.goto(new URL(name, edition.address).href);
  await page.evaluate(() => { window.untouched = true; });
  const ready = await until(() => page.evaluate(() => window.ibidBuild > 0), Boolean, 10_000);
  assert(ready, 'the page listens');
  return page;
}

async function withOpenNote(page) {
  const button = page.locator('.r button').first();
  await button.evaluate((it) => it.scrollIntoView({ block: 'center', behavior: 'instant' }));
  await button.click();
  assert.equal(await until(() => opened(page)), 'n1');
  return page.evaluate(() => ({ y: Math.round(scrollY), at: Math.round(document.querySelector('.r').getBoundingClientRect().top) }));
}

const checks = {
  async 'a change of text is swapped in place: no load, scroll and open note kept'(browser, edition) {
    const page = await reading(browser, edition);
    const before = await withOpenNote(page);
    assert(before.y > 200, `scrolled, ${before.y}`);
    await edition.edit(LETTER, 'should be polled by phone today', 'must be polled by phone tonight');
    assert(await until(() => page.evaluate(() => document.querySelector('main').textContent.includes('must be polled by phone tonight')), Boolean, 5000), 'the new text is shown');
    const after = await page.evaluate(() => ({ y: Math.round(scrollY), at: Math.round(document.querySelector('.r').getBoundingClientRect().top) }));
    assert.deepEqual({ untouched: await page.evaluate(() => window.untouched), open: await opened(page), at: after.at }, { untouched: true, open: 'n1', at: before.at });
    await page.close();
  },

  async 'a paragraph added above what is read does not move what is read'(browser, edition) {
    const page = await reading(browser, edition, 'documents/long.html');
    await page.evaluate(() => scrollTo({ top: document.body.scrollHeight / 2, behavior: 'instant' }));
    const words = await page.evaluate(() => [...document.querySelectorAll('main p[id]')].find((one) => one.getBoundingClientRect().top >= 0).textContent.trim().slice(0, 120));
    const top = () => page.evaluate((words) => [...document.querySelectorAll('main p[id]')].find((one) => one.textContent.trim().startsWith(words))?.getBoundingClientRect().top, words);
    const first = await top();
    const text = await edition.read('content/documents/long.md');
    const body = text.indexOf('\n---', 4) + 5;
    await edition.save('content/documents/long.md', `${text.slice(0, body)}\nA new first paragraph.\n{#newcomer}\n${text.slice(body)}`);
    const shown = () => page.evaluate(() => document.querySelector('main')?.textContent.includes('A new first paragraph.') && window.ibidBuild > 0).catch(() => false);
    assert(await until(shown, Boolean, 5000), 'the new paragraph is shown');
    const moved = Math.abs(await top() - first);
    assert(moved <= 2, `what is read moved by ${moved} px`);
    await page.close();
  },

  async 'a change inside the open note is shown in it'(browser, edition) {
    const page = await reading(browser, edition);
    await withOpenNote(page);
    await edition.edit(LETTER, 'was borne out in the course of the test', 'was borne out, as everybody saw');
    await edition.edit(LETTER, 'was approved by the Board, as', 'was adopted by the Board, as');
    assert(await until(() => page.evaluate(() => document.getElementById('n1').textContent.includes('was adopted by the Board')), Boolean, 5000), 'the note has its new words');
    assert.deepEqual([await page.evaluate(() => window.untouched), await opened(page)], [true, 'n1']);
    await page.close();
  },

  async 'a new note loads the page again, at the same place and with the note open'(browser, edition) {
    const page = await reading(browser, edition);
    const before = await withOpenNote(page);
    await edition.edit(LETTER, 'for a quarter of an hour.', 'for a quarter of an hour.[^2]');
    await edition.save(LETTER, `${(await edition.read(LETTER)).trimEnd()}\n\n[^2]: A second note.\n`);
    assert(await until(() => page.evaluate(() => Boolean(document.getElementById('n2')) && window.ibidBuild > 0).catch(() => false), Boolean, 5000), 'the new note is there');
    assert.equal(await until(() => opened(page)), 'n1');
    const after = await page.evaluate(() => Math.round(document.querySelector('.r').getBoundingClientRect().top));
    assert(Math.abs(after - before.at) <= 4, `the reference moved from ${before.at} to ${after}`);
    await page.close();
  },

  async 'an error lies over the page in the words of the terminal; the last good page stays; mending takes it away'(browser, edition) {
    const page = await reading(browser, edition);
    const good = await edition.read(LETTER);
    edition.complained = '';
    await edition.save(LETTER, good.replace('author: amsel', 'author: amzel'));
    const shown = await until(() => overlay(page), Boolean, 5000);
    assert.match(shown, /error\[unknown-entity\].*`amzel`[\s\S]*content\/documents\/letter\.md:\d+:\d+[\s\S]*amsel/);
    assert(await until(() => edition.complained.includes(shown)), 'the terminal says the same');
    assert.match(await page.evaluate(() => document.querySelector('h1').textContent), /Letter to Pyotr Borisov/);
    assert.equal((await edition.get('documents/letter.html')).status, 200);
    const late = await reading(browser, edition, 'persons/index.html');
    assert.equal(await until(() => overlay(late), Boolean, 5000), shown);
    await edition.save(LETTER, good.replace('Please, let me know', 'Please do let me know'));
    assert(await until(() => page.evaluate(() => document.querySelector('main').textContent.includes('Please do let me know')), Boolean, 5000), 'the mended page is shown');
    assert.deepEqual([await overlay(page), await until(() => overlay(late), (text) => text === '')], ['', '']);
    await page.close();
    await late.close();
  },

  async 'a citation of an unknown work is shown as [?key] with its error over the page'(browser, edition) {
    const page = await reading(browser, edition);
    await edition.edit(LETTER, '[@harbour-acts, pp. 276–77]', '[@harbour-acta, pp. 276–77]');
    assert.match(await until(() => overlay(page), Boolean, 5000), /error\[unknown-cite\]/);
    assert(await until(() => page.evaluate(() => document.querySelector('main').textContent.includes('[?harbour-acta]')), Boolean, 5000), 'the key is shown');
    assert.throws(() => execFileSync(program, ['build', '--root', edition.root], { stdio: 'pipe' }), (error) => error.status === 1);
    await edition.edit(LETTER, '[@harbour-acta, pp. 276–77]', '[@harbour-acts, pp. 276–77]');
    assert.equal(await until(() => overlay(page), (text) => text === '', 5000), '');
    await page.close();
  },

  async 'a style sheet of a theme is changed without a load'(browser, edition) {
    const page = await reading(browser, edition);
    const style = await readFile(path.join(here, '../../themes/octavo/static/style.css'), 'utf8');
    await edition.save('themes/octavo/static/style.css', `${style}\nh1{color:rgb(1, 2, 3)!important}\n`);
    const colour = () => page.evaluate(() => getComputedStyle(document.querySelector('h1')).color);
    assert.equal(await until(colour, (it) => it === 'rgb(1, 2, 3)', 5000), 'rgb(1, 2, 3)');
    assert.equal(await page.evaluate(() => window.untouched), true);
    await edition.save('themes/octavo/static/style.css', `${style}\nh1{color:rgb(4, 5, 6)!important}\n`);
    assert.equal(await until(colour, (it) => it === 'rgb(4, 5, 6)', 5000), 'rgb(4, 5, 6)');
    await page.close();
  },

  async 'a register entry is changed on every page that shows it'(browser, edition) {
    const page = await reading(browser, edition, 'persons/castell.html');
    const name = await page.evaluate(() => document.querySelector('h1').textContent.trim());
    const register = await edition.read('content/registers/persons.yaml');
    const surname = name.split(' ').at(-1);
    await edition.save('content/registers/persons.yaml', register.replaceAll(surname, 'Castellane'));
    assert(await until(() => page.evaluate(() => document.querySelector('h1').textContent.includes('Castellane')), Boolean, 5000), 'the heading has the new name');
    assert.match((await edition.get('persons/index.html')).body.toString(), /Castellane/);
    await page.close();
  },

  async 'a draft is shown and marked, and published by no build'(browser, edition) {
    const name = 'content/documents/diary.md';
    const draft = async (where) => where.save(name, (await where.read(name)).replace(/^---\n/, '---\nstatus: draft\n'));
    await draft(edition);
    const marked = async () => (await edition.get('documents/diary.html')).body.toString().match(/<p class="status">([^<]*)/)?.[1];
    assert.match(await until(marked, Boolean, 5000) ?? '', /draft/i);
    const hidden = await Edition.begin({ args: ['--no-drafts'] });
    assert.equal((await hidden.get('documents/diary.html')).status, 200);
    await draft(hidden);
    const gone = await until(async () => (await hidden.get('documents/diary.html')).status, (status) => status === 404, 5000);
    await hidden.end();
    assert.equal(gone, 404, hidden.complained);
  },

  async 'what is served is what build writes, but for one line of script'(browser, edition) {
    const out = path.join(edition.root, 'output');
    execFileSync(program, ['build', '--root', edition.root], { stdio: 'pipe' });
    const written = await tree(out);
    let pages = 0;
    for (const [name, bytes] of written) {
      if (name.startsWith('.')) continue;
      const { body } = await edition.get(encodeURI(name));
      const expected = name.endsWith('.html') ? Buffer.concat([bytes, Buffer.from(HOOK)]) : bytes;
      assert(body.equals(expected), `${name} differs`);
      pages += 1;
    }
    assert(pages > 40, `${pages} files`);
  },

  async 'only this machine is answered, and nothing outside the site'(browser, edition) {
    const { port } = new URL(edition.address);
    assert.equal((await edition.get('index.html', { host: 'evil.example' })).status, 403);
    assert.equal((await edition.get('index.html', { host: `evil.example:${port}` })).status, 403);
    assert.equal((await edition.get('index.html', { host: `localhost:${port}` })).status, 200);
    for (const name of ['../../etc/passwd', '/etc/passwd', '%2e%2e/%2e%2e/etc/passwd', '..%5c..%5cetc/passwd', '%00', '%ff']) {
      const status = await new Promise((done, fail) => {
        const request = http.request({ host: '127.0.0.1', port, path: `${new URL(edition.address).pathname}${name}`, agent: false }, (answer) => { answer.resume(); done(answer.statusCode); });
        request.on('error', fail);
        request.end();
      });
      assert([400, 404].includes(status), `${name}: ${status}`);
    }
    const foreign = Object.entries((await import('node:os')).networkInterfaces()).flatMap(([, all]) => all).find((one) => !one.internal && one.family === 'IPv4');
    if (foreign) await assert.rejects(get(`http://${foreign.address}:${port}/`), /ECONNREFUSED/);
  },

  async 'slow readers and 500 connections keep nobody waiting'(browser, edition) {
    const { port, pathname } = new URL(edition.address);
    const sockets = [];
    const connect = (text) => new Promise((done, fail) => {
      const socket = net.connect(port, '127.0.0.1', () => { socket.write(text); done(); });
      socket.on('error', fail);
      sockets.push(socket);
    });
    const host = `Host: 127.0.0.1:${port}\r\n`;
    for (let n = 0; n < 200; n += 1) await connect('GET / HTTP/1.1\r\n');
    for (let n = 0; n < 150; n += 1) await connect(`GET /.ibid/changes HTTP/1.1\r\n${host}\r\n`);
    for (let n = 0; n < 150; n += 1) { await connect(`GET ${pathname}documents/long.html HTTP/1.1\r\n${host}\r\n`); sockets.at(-1).pause(); }
    const from = performance.now();
    for (let n = 0; n < 20; n += 1) assert.equal((await edition.get('documents/letter.html')).status, 200);
    const took = performance.now() - from;
    assert(took < 5000, `20 pages took ${took} ms beside 500 connections`);
    sockets.forEach((socket) => socket.destroy());
    await edition.edit(LETTER, 'At 7 o’clock', 'At 8 o’clock');
    assert(await until(async () => (await edition.get('documents/letter.html')).body.includes('At 8 o’clock'), Boolean, 5000), 'changes are still served');
  },

  async 'the state of the work is reached from a page, names files, and reads well on a phone'(browser, edition) {
    await edition.save('content/documents/waiting.md', '---\nid: waiting\ntitle: A letter that waits for somebody who has not yet read it\nstatus: proofread\nresponsibility: [{ who: A. Smith, did: transcribed }, { who: B. Jones, did: proofread }]\n---\n\nSir:\n');
    await until(async () => (await edition.get('documents/waiting.html')).status, (status) => status === 200, 10_000);
    const context = await browser.newContext({ viewport: { width: 320, height: 640 } });
    const page = await context.newPage();
    await page.goto(new URL('documents/letter.html', edition.address).href);
    await page.locator('footer a[href$="review.html"]').click();
    const row = page.locator('main li', { has: page.locator('a[href="documents/waiting.html"]') });
    const text = await row.innerText();
    for (const words of ['Transcribed: A. Smith; proofread: B. Jones', 'content/documents/waiting.md']) assert(text.includes(words), text);
    const { width } = await row.locator('a').boundingBox();
    assert(width > 150, `the title has ${width} px`);
    assert(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), 'it scrolls sideways');
    await page.locator('main ul a', { hasText: 'Proofread' }).click();
    assert(new URL(page.url()).hash === '#proofread', page.url());
    await context.close();
  },

  async 'a port that is taken gives the next one, and Ctrl-C ends the preview'(browser, edition) {
    const port = Number(new URL(edition.address).port);
    const second = spawn(program, ['serve', '--root', edition.root, '--port', String(port)], { stdio: ['ignore', 'pipe', 'pipe'] });
    let told = '';
    second.stdout.on('data', (data) => { told += data; });
    const ended = new Promise((done) => second.on('exit', (status, signal) => done(signal ?? status)));
    const address = await until(() => told.match(/http:\S+/)?.[0] ?? null, Boolean, 20_000);
    const taken = Number(new URL(address).port);
    assert(taken > port && taken <= port + 20, `${taken} after ${port}`);
    second.kill('SIGINT');
    assert(['SIGINT', 0, 130].includes(await ended), 'ended');
  },

  async 'a thousand edits in a row do not make it grow'(browser, edition) {
    const page = await reading(browser, edition);
    const text = await edition.read(LETTER);
    const memory = async () => Number((await readFile(`/proc/${edition.child.pid}/status`, 'utf8')).match(/VmRSS:\s+(\d+)/)[1]);
    const times = [];
    const change = async (n) => {
      const now = `edit number ${n} of the letter`;
      const from = performance.now();
      await edition.save(LETTER, text.replace('Please, let me know', `Please, by ${now}, let me know`));
      while (!(await edition.get('documents/letter.html')).body.includes(now)) { /* asks again */ }
      times.push(performance.now() - from);
    };
    // What is freed goes back to the system late and by chance, so one look says little (8 MiB more or less): the least of a fifth is compared.
    const least = async (from, to) => {
      const seen = [];
      for (let n = from; n < to; n += 1) {
        await change(n);
        if (n % 5 === 0) seen.push(await memory());
      }
      return Math.min(...seen);
    };
    const fifth = Math.ceil(EDITS / 5);
    await least(0, fifth);
    const before = await least(fifth, 2 * fifth);
    await least(2 * fifth, 4 * fifth);
    const after = await least(4 * fifth, EDITS);
    times.sort((a, b) => a - b);
    console.log(`     ${EDITS} edits: at least ${before} KiB in the second fifth, ${after} KiB in the last; save to new bytes ${times[times.length >> 1].toFixed(1)} ms in the middle, ${times.at(-1).toFixed(1)} ms at most`);
    // Less than the bytes of the edited page alone, were each of its versions kept.
    assert(after < before + 6 * 1024, `grew from ${before} to ${after} KiB`);
    assert(await until(() => page.evaluate((last) => document.querySelector('main').textContent.includes(last), `edit number ${EDITS - 1} of`), Boolean, 10_000), 'the page followed');
    assert.equal(await page.evaluate(() => window.untouched), true);
    await page.close();
  },
};

const browser = await launch(process.env.IBID_CHROMIUM ?? '/usr/bin/chromium');
let passed = 0, failed = 0;
for (const [title, check] of Object.entries(checks)) {
  if (options.only && !title.includes(options.only)) continue;
  const edition = await Edition.begin();
  try {
    await check(browser, edition);
    passed += 1;
    console.log(`pass ${title}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${title}\n     ${error.message.replaceAll('\n', '\n     ')}\n     ${edition.complained.slice(-600)}`);
  }
  await edition.end();
}
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
