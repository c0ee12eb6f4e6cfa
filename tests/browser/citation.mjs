// Source and citation blocks (acceptance C2, C3, C6, C7).
import { execFile } from 'node:child_process';
import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { S } from './selectors.mjs';
import { until, fontsReady } from './measure.mjs';

const run = promisify(execFile);
const css = (text) => ({ css: (body) => `${body}\n${text}` });
const flat = (text) => text.replace(/\s+/g, ' ').trim();

/** A page as printed: the PDF, and its text in reading order (-layout) with form feeds between pages. */
export async function printed(page, options = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'ibid-print-'));
  const file = path.join(folder, 'page.pdf');
  await writeFile(file, await page.pdf({ preferCSSPageSize: true, printBackground: true, ...options }));
  const { stdout } = await run('pdftotext', ['-layout', file, '-']);
  return { file, text: stdout, done: () => rm(folder, { recursive: true }) };
}

const openStyles = (page) => page.evaluate((S) => [...document.querySelectorAll(S.cite)].map((one) => one.open), S);
const summaries = (page) => page.locator(`${S.cite} > summary`);

async function c2(t) {
  for (const width of [1440, 900, 390]) {
    const page = await t.open('letter', { script: false, viewport: { width, height: 900 } });
    const names = (await summaries(page).allTextContents()).map(flat);
    if (!t.check(names.length > 2, 'there is no citation block')) return;
    t.check(['Chicago', 'MLA', 'APA', 'BibTeX'].every((name) => names.some((one) => one.includes(name))), `${width}: styles are ${names.join(', ')}`);
    t.check((await openStyles(page)).filter(Boolean).length === 1, `${width}: not exactly one style is open at first`);
    for (let index = names.length - 1; index >= 0; index -= 1) {
      await summaries(page).nth(index).click();
      const state = await until(() => openStyles(page), (open) => open[index]);
      t.check(state[index] && state.filter(Boolean).length === 1, `${width}: after a click on ${names[index]} the open ones are ${state}`);
      t.check(await page.locator(S.cite).nth(index).locator('p, pre, code').first().isVisible(), `${width}: the ${names[index]} text is not shown`);
    }
    for (const [key, index] of [['Enter', 1], ['Space', 2]]) {
      await summaries(page).nth(index).focus();
      await page.keyboard.press(key);
      const state = await until(() => openStyles(page), (open) => open[index]);
      t.check(state[index] && state.filter(Boolean).length === 1, `${width}: ${key} on ${names[index]} opens ${state}`);
    }
    const boxes = await summaries(page).evaluateAll((list) => list.map((one) => { const b = one.getBoundingClientRect(); return { left: b.left, top: b.top, right: b.right }; }));
    t.check(boxes.every((box, i) => Math.abs(box.top - boxes[0].top) < 2 && (i === 0 || box.left >= boxes[i - 1].right - 1)), `${width}: the styles do not stand as tabs in a row`);
    t.check(boxes.every((box) => box.right <= width), `${width}: a tab leaves the screen`);
    await page.context().close();
  }
  // An engine without ::details-content gets accordions.
  const old = await t.view({ rewrite: { css: (text) => text.replaceAll('::details-content', '::x-details-content') } });
  const page = await t.open('letter', { view: old, script: false });
  const boxes = await page.locator(S.cite).evaluateAll((list) => list.map((one) => { const b = one.getBoundingClientRect(); return { top: b.top, bottom: b.bottom, left: b.left, right: b.right }; }));
  const apart = boxes.every((a, i) => boxes.slice(i + 1).every((b) => a.bottom <= b.top + 1 || a.right <= b.left + 1));
  t.check(apart, 'without ::details-content the styles overlap');
}

async function c3(t) {
  const context = await t.context({ permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await t.open('letter', { context });
  const styles = await summaries(page).allTextContents();
  if (!t.check(styles.length > 0, 'there is no citation block')) return;
  let copied = 0;
  for (let index = 0; index < styles.length; index += 1) {
    const details = page.locator(S.cite).nth(index);
    if (!(await details.evaluate((one) => one.open))) await summaries(page).nth(index).click();
    const whole = await details.evaluate((one) => {
      const all = [...one.querySelectorAll('*')].find((part) => getComputedStyle(part).userSelect === 'all');
      return all && { tag: all.tagName, text: all.textContent };
    });
    if (!t.check(whole, `${styles[index]}: nothing is selected whole by one click`)) continue;
    const at = await details.evaluate((one) => {
      const all = [...one.querySelectorAll('*')].find((part) => getComputedStyle(part).userSelect === 'all');
      all.scrollIntoView({ block: 'center', behavior: 'instant' });
      const box = all.getClientRects()[0];
      const [x, y] = [box.left + Math.min(60, box.width / 2), box.top + Math.min(10, box.height / 2)];
      const hit = document.elementFromPoint(x, y);
      return { x, y, over: all.contains(hit) ? null : `${hit?.tagName.toLowerCase()}.${hit?.className} “${hit?.textContent.trim().slice(0, 15)}”` };
    });
    if (!t.check(at.over === null, `${styles[index]}: ${at.over} lies over the citation and takes the click`)) continue;
    await page.mouse.click(at.x, at.y);
    const selected = await page.evaluate(() => getSelection().toString());
    t.check(flat(selected) === flat(whole.text), `${styles[index]}: one click selects “${flat(selected).slice(0, 60)}”`);
    const button = page.locator(S.copy).filter({ visible: true }).first();
    if (!t.check(await button.isVisible().catch(() => false), `${styles[index]}: no Copy button`)) continue;
    const said = () => page.evaluate((S) => [...document.querySelectorAll(`${S.copy}, [role="status"], [aria-live]`)].map((one) => one.textContent.trim()).join('|'), S);
    const before = await said();
    await page.evaluate(() => navigator.clipboard.writeText('nothing was copied'));
    await button.click();
    const got = await until(() => page.evaluate(() => navigator.clipboard.readText()), (text) => text !== 'nothing was copied');
    t.check(flat(got) === flat(whole.text), `${styles[index]}: Copy gives “${flat(got).slice(0, 80)}”`);
    t.check(!/[<>]\/?(i|em|span|a)\b/.test(got), `${styles[index]}: the copy is not plain text`);
    const after = await until(said, (text) => text !== before, 2000);
    t.check(after !== before, `${styles[index]}: Copy does not say that it has copied`);
    copied += 1;
    await page.reload();
  }
  t.measure(`${copied} styles copied`);
  const still = await t.open('letter', { script: false });
  t.check((await still.locator(S.copy).filter({ visible: true }).count()) === 0, 'a Copy button is shown with scripting off');
}

async function c6(t) {
  let paragraphs = 0;
  for (const role of t.roles(['letter', 'dense', 'long', 'plain'])) {
    const page = await t.open(role, { viewport: { width: 1440, height: 900 } });
    await fontsReady(page);
    const rows = await page.evaluate((S) => [...document.querySelectorAll(S.paragraphLink)].map((link) => ({ href: link.getAttribute('href'), id: link.closest('[id]')?.id, label: link.getAttribute('aria-label') ?? link.textContent })), S);
    t.check(rows.length > 0, `${role}: no paragraph can be cited`);
    for (const row of rows) t.check(row.href === `#${row.id}`, `${role}: ${row.label} leads to ${row.href}, not to its own paragraph ${row.id}`);
    paragraphs += rows.length;
    const plain = await page.evaluate(() => [...document.querySelectorAll('main p:not([class])')].filter((p) => !p.closest('li, td, th, section, details, header, footer, nav, figcaption, dl') && !p.id && p.closest('article')).length);
    t.check(plain === 0, `${role}: ${plain} running paragraphs have no id`);
    const shown = (link) => link.evaluate((one) => Number(getComputedStyle(one).opacity) > 0.5 && getComputedStyle(one).visibility === 'visible' && one.getBoundingClientRect().width > 0);
    const link = page.locator(S.paragraphLink).first();
    await page.mouse.move(2, 2);
    await link.evaluate((one) => one.closest('[id]').scrollIntoView({ block: 'center' }));
    t.check(!(await until(() => shown(link), (v) => !v)), `${role}: the ¶ is shown without hover`);
    const at = await link.evaluate((one) => { const box = one.closest('[id]').getBoundingClientRect(); return { x: box.left + box.width / 2, y: box.top + 8 }; });
    await page.mouse.move(at.x, at.y);
    t.check(await until(() => shown(link)), `${role}: the ¶ is not shown on hover`);
    await page.mouse.move(2, 2);
    await until(() => shown(link), (value) => !value);
    await link.focus();
    t.check(await until(() => shown(link)), `${role}: the ¶ is not shown on focus`);
  }
  t.measure(`${paragraphs} paragraphs`);
  if (t.has('dense')) {
    const page = await t.open('dense', { script: false });
    const breaks = await page.evaluate((S) => [...document.querySelectorAll(S.pageBreak)].map((one) => ({ id: one.id, name: one.getAttribute('aria-label') ?? one.title })), S);
    t.check(breaks.length > 0, 'dense: no page breaks of the printed source');
    for (const one of breaks) t.check(/^page-/.test(one.id) && one.name?.endsWith(one.id.slice(5)), `dense: a page break has id ${one.id} and name ${one.name}`);
    t.measure(`${breaks.length} page breaks`);
  }
}

// An address may be broken at any of its hyphens, and a printed hyphen at the end of a line may be either kind.
const bare = (text) => text.replaceAll(/[\s\u00ad\u2010-]/gu, '');

async function c7(t) {
  const page = await t.open('letter', {});
  if (!t.check((await summaries(page).count()) > 0, 'there is no citation block')) return;
  const chicago = await page.evaluate((S) => { const one = [...document.querySelectorAll(S.cite)].find((d) => d.querySelector('summary').textContent.includes('Chicago')); return [...one.querySelectorAll('*')].find((part) => getComputedStyle(part).userSelect === 'all')?.textContent ?? one.querySelector('p')?.textContent; }, S);
  const { text, done } = await printed(page);
  const paper = flat(text).replaceAll(/[-\u00ad\u2010] (?=\p{Ll})/gu, '');
  const start = flat(chicago).slice(0, 30);
  t.check(paper.includes(start), `the printed page has no citation “${start}…”`);
  t.check(paper.split(start).length === 2, `the citation is printed ${paper.split(start).length - 1} times`);
  t.check(!/@(incollection|inbook|letter|misc|book|article)\s*\{/.test(text), 'BibTeX is printed');
  const url = /https?:\/\/\S+/.exec(chicago)?.[0]?.replace(/[.,]$/, '');
  if (t.check(url, 'the citation has no address of the page')) t.check(bare(text).includes(bare(url.replace(/^https?:\/\//, ''))), `the address ${url} is not printed`);
  await done();
}

export default [
  { id: 'C2', title: 'Chicago, MLA, APA, BibTeX: one open at a time, script off, keyboard, accordions in older engines', needs: ['letter'], run: c2, mutants: [
    { name: 'one style outside the group', html: (text) => { let seen = 0; return text.replaceAll('<details name="cite"', (all) => (seen++ === 1 ? '<details name="other"' : all)); } },
    { name: 'texts never shown', ...css('details p, details pre, details code{display:none!important}') }] },
  { id: 'C3', title: 'one click selects the whole citation; Copy copies the open style and says so', needs: ['letter'], run: c3, lock: 'clipboard', mutants: [
    { name: 'no user-select', css: (text) => text.replaceAll(/user-select:\s*all/g, 'user-select: text') },
    { name: 'copies nothing', js: (text) => text.replaceAll('writeText', 'xText').replaceAll('execCommand', 'hasFocus') }] },
  { id: 'C6', title: 'every paragraph has an id and a ¶ shown on hover and focus; page breaks', needs: ['letter'], run: c6, mutants: [
    { name: 'never shown', ...css(`${S.paragraphLink}{opacity:0!important}`) },
    { name: 'always shown', ...css(`${S.paragraphLink}{opacity:1!important;visibility:visible!important}`) }] },
  { id: 'C7', title: 'one citation prints, as text, with its address', needs: ['letter'], run: c7, mutants: [
    { name: 'citation not printed', ...css('@media print{details, .cite{display:none!important}}') }] },
];
