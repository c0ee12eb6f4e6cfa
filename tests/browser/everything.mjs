// What holds for every page: accessibility, markup, weight, stillness, width, colours, print, languages, base path
// (acceptance E1 to E14; E5 as the conditions behind Lighthouse's audits, since Lighthouse itself is not run here).
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { S, TOKENS, CHART, FILTER } from './selectors.mjs';
import { PHONE } from './stage.mjs';
import { OPEN, until, settle, fontsReady, becomesOpen, becomesClosed, textReferences, refButton, colours, contrast } from './measure.mjs';
import { printed } from './citation.mjs';

const run = promisify(execFile);
const require = createRequire(import.meta.url);
const css = (text) => ({ css: (body) => `${body}\n${text}` });
const round = (value, by = 100) => Math.round(value * by) / by;
const flat = (text) => text.replace(/\s+/g, ' ').trim();
const WIDTHS = [1440, 834, 390];

const AXE = readFile(require.resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

async function axe(t, page, state, rules) {
  const violations = await page.evaluate(async ([tags, rules]) => {
    const runOnly = rules ? { type: 'rule', values: rules } : { type: 'tag', values: tags };
    const result = await globalThis.axe.run(document, { runOnly, resultTypes: ['violations'] });
    return result.violations.map((one) => `${one.id} (${one.nodes.length}): ${one.nodes[0].target.join(' ')}: ${one.nodes[0].failureSummary.split('\n').slice(1, 2).join('').trim()}`);
  }, [TAGS, rules]);
  for (const one of violations) t.check(false, `${state}: ${one}`);
}

async function e1(t, role) {
  const page = await t.open(role, { viewport: { width: 1440, height: 900 } });
  await page.evaluate(await AXE);
  let states = 0;
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      // Structure does not change with the colours, so in the dark only the colours are judged again.
      await axe(t, page, `${role} ${width} ${colorScheme}`, colorScheme === 'dark' ? COLOUR_RULES : null);
      states += 1;
      const refs = await textReferences(page);
      const ref = width >= 1100 ? null : refs[0];
      if (!ref) continue;
      const button = refButton(page, ref.index);
      await button.scrollIntoViewIfNeeded();
      await button.click();
      t.check(await becomesOpen(page, ref.note), `${role} ${width}: note does not open`);
      await settle(page);
      await axe(t, page, `${role} ${width} ${colorScheme} open`, colorScheme === 'dark' ? COLOUR_RULES : null);
      states += 1;
      await page.keyboard.press('Escape');
      await becomesClosed(page);
      await page.mouse.move(2, 2);
    }
  }
  t.tally = { states: (t.tally?.states ?? 0) + states };
  t.measure(`${role} ${states} states`);
}

async function e2(t) {
  const jar = path.join(path.dirname(require.resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');
  let dir = path.resolve(t.site.dir);
  const pages = (await t.files()).filter((name) => name.endsWith('.html'));
  t.check(pages.length > 0, 'no pages');
  const copy = t.mutant && (await mkdtemp(path.join(tmpdir(), 'ibid-nu-')));
  if (copy) {
    dir = copy;
    for (const name of pages.slice(0, 5)) {
      await mkdir(path.dirname(path.join(dir, name)), { recursive: true });
      await writeFile(path.join(dir, name), await t.read(name));
    }
  }
  // The checker ends with 1 on findings; what it prints is the answer either way.
  const { stderr } = await run('java', ['-Xss4m', '-jar', jar, '--format', 'json', '--exit-zero-always', '--skip-non-html', dir], { maxBuffer: 64 << 20 });
  const { messages } = JSON.parse(stderr);
  for (const one of messages.filter((message) => message.type !== 'info')) {
    const file = one.url ? path.relative(dir, decodeURIComponent(one.url.replace(/^file:/, ''))) : 'checker';
    t.check(false, `${file}:${one.lastLine}: ${one.message}`);
  }
  if (copy) await rm(copy, { recursive: true });
  t.measure(`${pages.length} pages, ${messages.filter((message) => message.type === 'info').length} notices`);
}

const packed = (body) => gzipSync(body, { level: 9 }).length;

async function e3(t) {
  const view = await t.view();
  const foreign = [];
  const page = await (await t.context()).newPage();
  page.on('request', (request) => { if (!request.url().startsWith(view.origin) && !request.url().startsWith('data:')) foreign.push(request.url()); });
  for (const role of t.roles()) {
    const from = view.seen.length;
    await page.goto(view.url(t.site.pages[role]), { waitUntil: 'load' });
    await fontsReady(page);
    const seen = view.seen.slice(from);
    for (const one of seen) t.check(one.status === 200, `${role}: ${one.pathname} answers ${one.status}`);
    const of = (extension) => [...new Set(seen.map((one) => one.pathname))].filter((name) => name.endsWith(extension));
    let weight = 0;
    for (const name of [...of('.css'), ...of('.js')]) weight += packed(await t.read(name.slice(1)));
    // The page for missing addresses is served at any depth and carries its own few rules.
    t.check((weight > 0 || role === 'notfound') && weight < 10 * 1024, `${role}: style and script weigh ${weight} bytes, 10,240 allowed`);
    const fonts = of('.woff2').map((name) => seen.find((one) => one.pathname === name).bytes).reduce((a, b) => a + b, 0);
    if (role === 'letter') {
      t.check(fonts < 60 * 1024, `letter: fonts weigh ${fonts} bytes, 61,440 allowed`);
      const html = packed(await t.read(t.site.pages.letter));
      t.check(html < 6 * 1024, `letter: the page weighs ${html} bytes, 6,144 allowed`);
      t.measure(`style and script ${round(weight / 1024, 10)} KB, page ${round(html / 1024, 10)} KB, fonts ${round(fonts / 1024, 10)} KB`);
    }
  }
  for (const one of foreign) t.check(false, `asks another host: ${one}`);
}

async function e4(t) {
  const view = await t.view({ delay: { '.woff2': 900 } });
  let worst = 0;
  for (const role of t.roles(['letter', 'dense', 'chronology', 'home', 'register'])) {
    for (const width of WIDTHS) {
      const context = await t.context({ viewport: { width, height: 900 } });
      await context.addInitScript(() => {
        globalThis.__shift = [];
        new PerformanceObserver((list) => list.getEntries().forEach((one) => { if (!one.hadRecentInput) globalThis.__shift.push([one.value, one.sources?.map((s) => s.node?.nodeName + (s.node?.className ? `.${s.node.className}` : '')).join(' ')]); })).observe({ type: 'layout-shift', buffered: true });
      });
      const page = await t.open(role, { view, context });
      await fontsReady(page);
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50)))));
      const shifts = await page.evaluate(() => globalThis.__shift);
      const sum = shifts.reduce((total, [value]) => total + value, 0);
      worst = Math.max(worst, sum);
      t.check(sum < 0.01, `${role} ${width}: shift ${round(sum, 10000)} by ${shifts.map(([, who]) => who).join('; ').slice(0, 160)}`);
      await context.close();
    }
  }
  t.measure(`worst ${round(worst, 10000)}`);
}

async function e5(t) {
  const titles = new Map(), descriptions = new Map();
  const page = await (await t.context()).newPage();
  for (const role of t.roles()) {
    await t.visit(page, role);
    const head = await page.evaluate(() => {
      const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content ?? '';
      return {
        title: document.title, description: meta('description'), viewport: meta('viewport'), lang: document.documentElement.lang, charset: document.characterSet,
        doctype: document.doctype?.name, icon: document.querySelector('link[rel~="icon"]')?.href ?? '', robots: meta('robots'),
        unnamed: [...document.querySelectorAll('a[href]')].filter((a) => a.checkVisibility() && !a.textContent.trim() && !a.getAttribute('aria-label') && !a.querySelector('img[alt], title')).length,
        sized: [...document.images].filter((img) => !(img.getAttribute('width') && img.getAttribute('height'))).map((img) => img.getAttribute('src')),
        h1: document.querySelectorAll('h1').length, mode: document.compatMode,
      };
    });
    t.check(head.title.length > 3, `${role}: no title`);
    t.check(['notfound', 'source'].includes(role) || head.description.length > 10, `${role}: no description`);
    t.check(/width=device-width/.test(head.viewport) && !/user-scalable=no|maximum-scale=1\b/.test(head.viewport), `${role}: viewport is “${head.viewport}”`);
    t.check(head.lang && head.charset === 'UTF-8' && head.doctype === 'html' && head.mode === 'CSS1Compat', `${role}: lang ${head.lang}, ${head.charset}, doctype ${head.doctype}`);
    t.check(role === 'notfound' || head.icon, `${role}: no icon`);
    t.check(['notfound', 'source'].includes(role) || !/noindex/.test(head.robots), `${role}: hidden from search engines`);
    t.check(head.unnamed === 0, `${role}: ${head.unnamed} links without text`);
    t.check(head.sized.length === 0, `${role}: pictures without size ${head.sized.join(' ')}`);
    t.check(head.h1 === 1, `${role}: ${head.h1} h1`);
    if (titles.has(head.title)) t.check(false, `${role} and ${titles.get(head.title)} have the same title “${head.title}”`);
    if (head.description && descriptions.has(head.description)) t.check(false, `${role} and ${descriptions.get(head.description)} have the same description`);
    titles.set(head.title, role);
    descriptions.set(head.description, role);
  }
}

const SPACING = '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important} p{margin-bottom:2em!important}';

function sideways(page) {
  return page.evaluate(() => {
    const root = document.documentElement;
    const wide = [];
    const scrolls = (element) => { for (let one = element.parentElement; one && one !== document.body; one = one.parentElement) if (/auto|scroll|hidden|clip/.test(getComputedStyle(one).overflowX)) return true; return false; };
    for (const element of document.body.querySelectorAll('*')) {
      if (!element.checkVisibility({ visibilityProperty: true })) continue;
      const box = element.getBoundingClientRect();
      if (box.width > 2 && box.height > 2 && (box.right > root.clientWidth + 1 || box.left < -1) && !scrolls(element) && box.right > 0) wide.push(`${element.tagName.toLowerCase()}.${element.className?.baseVal ?? element.className} ${Math.round(box.left)}–${Math.round(box.right)}`);
    }
    const cut = [...document.querySelectorAll('main *, header *')].filter((e) => e.checkVisibility() && e.childNodes.length && getComputedStyle(e).overflowY === 'hidden' && getComputedStyle(e).position !== 'absolute' && e.clientHeight > 4 && e.scrollHeight > e.clientHeight + 3 && e.textContent.trim() && !e.closest('.long, svg'))
      .map((e) => `${e.tagName.toLowerCase()}.${e.className}`);
    const thin = [...document.querySelectorAll('main li a, main li small, main p, main dd')].filter((e) => { const box = e.getBoundingClientRect(); return box.width > 2 && box.width < 60 && box.height > 120; })
      .map((e) => e.textContent.trim().slice(0, 30));
    return { scroll: root.scrollWidth - root.clientWidth, wide, cut, thin };
  });
}

async function e6(t, role) {
  const page = await t.open(role, { script: false, viewport: { width: 320, height: 640 } });
  for (const spaced of [false, true]) {
    // Not addStyleTag: it waits for an event that never comes with scripting off.
    if (spaced) await page.evaluate((text) => { document.head.append(Object.assign(document.createElement('style'), { textContent: text })); }, SPACING);
    for (const width of [320, 834, 1440]) {
      await page.setViewportSize({ width, height: 640 });
      const { scroll, wide, cut, thin } = await sideways(page);
      const where = `${role} ${width}${spaced ? ' spaced' : ''}`;
      t.check(scroll <= 0, `${where}: scrolls ${scroll} px sideways`);
      t.check(wide.length === 0, `${where}: ${wide.length} elements leave the screen: ${wide.slice(0, 3).join(', ')}`);
      t.check(thin.length === 0, `${where}: words stand in a column of letters: ${thin.slice(0, 3).join(', ')}`);
      t.check(cut.length === 0, `${where}: text is cut in ${cut.slice(0, 3).join(', ')}`);
    }
  }
}

async function e7(t, role) {
  const page = await t.open(role, { forcedColors: 'active', reducedMotion: 'reduce' });
  const names = ['Canvas', 'CanvasText', 'LinkText', 'VisitedText', 'ButtonText', 'ButtonFace', 'ButtonBorder', 'Highlight', 'HighlightText', 'GrayText', 'SelectedItem', 'SelectedItemText', 'Mark', 'MarkText', 'Field', 'FieldText', 'AccentColor'];
  const system = new Set((await colours(page, names)).map((c) => c.slice(0, 3).join()));
  const [link, canvas] = (await colours(page, ['LinkText', 'Canvas'])).map((c) => c.slice(0, 3).join());
  const drawn = await page.evaluate((CHART) => [...new Set([...document.querySelectorAll(CHART)].filter((one) => one.getBoundingClientRect().height > 0).flatMap((one) => [getComputedStyle(one).fill, getComputedStyle(one).stroke]))].filter((one) => one !== 'none'), CHART);
  const fills = await colours(page, drawn);
  drawn.forEach((value, index) => t.check(fills[index][3] === 0 || system.has(fills[index].slice(0, 3).join()), `${role}: a bar or tick is painted ${value}, no system colour`));
  if (drawn.length) t.check(fills.some((c) => c[3] > 0 && c.slice(0, 3).join() !== canvas), `${role}: bars cannot be seen`);
  const swatches = await page.evaluate(() => [...document.querySelectorAll('main *, header *')].filter((e) => !e.textContent.trim() && e.checkVisibility() && e.clientWidth > 3 && e.clientWidth < 40 && e.clientHeight > 3 && e.tagName !== 'INPUT' && !e.closest('svg, button, sup') && getComputedStyle(e).forcedColorAdjust === 'none').map((e) => getComputedStyle(e).backgroundColor));
  (await colours(page, swatches)).forEach((c, index) => t.check(c[3] === 0 || system.has(c.slice(0, 3).join()), `${role}: a swatch is painted ${swatches[index]}, no system colour`));

  const pair = (selector, on) => page.evaluate(([selector, on]) => {
    const look = (e) => e && [null, '::before', '::after'].map((pseudo) => { const s = getComputedStyle(e, pseudo); return [s.color, s.backgroundColor, s.borderBottomStyle, s.borderBottomColor, s.borderBottomWidth, s.borderTopColor, s.borderTopStyle, s.outlineStyle, s.textDecorationLine, s.fontWeight, s.fontStyle].join(); }).join(';');
    const all = [...document.querySelectorAll(selector)].filter((e) => e.checkVisibility());
    const chosen = all.find((e) => e.matches(on)), other = all.find((e) => !e.matches(on));
    return all.length < 2 ? null : { chosen: look(chosen), other: look(other), native: chosen?.tagName === 'LABEL' && chosen.querySelector('input')?.checkVisibility() && getComputedStyle(chosen.querySelector('input')).appearance !== 'none' && getComputedStyle(chosen.querySelector('input')).opacity === '1' && chosen.querySelector('input').getBoundingClientRect().width > 6 };
  }, [selector, on]);
  const tabs = await pair(`${S.cite} > summary`, 'details[open] > summary');
  if (tabs) t.check(tabs.chosen && tabs.chosen !== tabs.other, `${role}: the chosen tab looks like the others`);
  const filter = await pair(`label:has(input[type="radio"])`, ':has(:checked)');
  if (filter) t.check(filter.native || filter.chosen !== filter.other, `${role}: the chosen filter looks like the others`);
  else if (role === 'chronology') t.measure('chronology: no filter labels');

  const ref = (await textReferences(page))[0];
  if (!ref) return;
  const button = refButton(page, ref.index);
  await button.scrollIntoViewIfNeeded();
  const number = await button.evaluate((one) => [null, '::before', '::after'].map((pseudo) => getComputedStyle(one, pseudo)).filter((s, index) => (index === 0 ? one.textContent.trim() : s.content !== 'none' && s.content !== 'normal' && s.content !== '""')).map((s) => s.color));
  const painted = await colours(page, number);
  t.check(painted.some((c) => c.slice(0, 3).join() === link), `${role}: references are ${number}, not the colour of links`);
  await button.click();
  t.check(await becomesOpen(page, ref.note), `${role}: note does not open`);
  await settle(page);
  const border = await page.evaluate((OPEN) => { const s = getComputedStyle(document.querySelector(OPEN)); return ['Top', 'Right', 'Bottom', 'Left'].map((side) => [parseFloat(s[`border${side}Width`]), s[`border${side}Style`], s[`border${side}Color`]]); }, OPEN);
  const edges = await colours(page, border.map((one) => one[2]));
  border.forEach(([width, style], index) => t.check(width >= 1 && style !== 'none' && edges[index][3] > 0 && edges[index].slice(0, 3).join() !== canvas, `${role}: the card has no border at side ${index + 1} (${width} px ${style})`));
}

async function e8(t, role) {
  const page = await t.open(role, { viewport: { width: 1440, height: 900 } });
  const low = { ink: 13, quiet: 5.9, accent: 7.7 };
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const names = Object.keys(TOKENS);
    const token = Object.fromEntries((await colours(page, Object.values(TOKENS).map((one) => `var(${one}, transparent)`))).map((value, index) => [names[index], value]));
    if (role !== 'notfound') for (const name of names) t.check(token[name][3] > 0, `${role}: no token ${TOKENS[name]}`);
    const ground = await page.evaluate(() => [document.body, document.documentElement].map((one) => getComputedStyle(one).backgroundColor));
    const paper = (await colours(page, ground)).find((c) => c[3] > 0) ?? [255, 255, 255, 255];
    const brightness = contrast(paper, [0, 0, 0]);
    t.check(colorScheme === 'dark' ? brightness < 3 : brightness > 15, `${role} ${colorScheme}: paper is ${paper.slice(0, 3)}`);
    const text = await page.evaluate(() => getComputedStyle(document.querySelector('main p, main li') ?? document.body).color);
    const [body] = await colours(page, [await page.evaluate(() => getComputedStyle(document.body).color)]);
    t.check(contrast(body, paper) >= low.ink, `${role} ${colorScheme}: text has ${round(contrast(body, paper), 10)} to 1, 13 expected (${text})`);
    const ratios = {};
    for (const [name, least] of role === 'notfound' ? [] : Object.entries(low)) {
      ratios[name] = round(contrast(token[name], paper), 10);
      t.check(ratios[name] >= least, `${role} ${colorScheme}: ${name} has ${ratios[name]} to 1, ${least} expected`);
    }
    if (role === 'letter' || role === 'home') t.measure(`${colorScheme} ink ${ratios.ink} quiet ${ratios.quiet} accent ${ratios.accent}`);
    const bars = await page.evaluate((CHART) => [...document.querySelectorAll(CHART)].filter((one) => one.getBoundingClientRect().height > 0).map((one) => { const s = getComputedStyle(one); return [s.fill === 'none' ? 'transparent' : s.fill, s.stroke === 'none' || parseFloat(s.strokeWidth) === 0 ? 'transparent' : s.stroke, `${one.getAttribute('class')}`]; }).filter((row, index, all) => all.findIndex((other) => other.join() === row.join()) === index), CHART);
    for (const [fill, stroke, who] of bars) {
      const [a, b] = await colours(page, [fill, stroke]);
      const seen = Math.max(a[3] ? contrast(a, paper) : 0, b[3] ? contrast(b, paper) : 0);
      t.check(seen >= 3, `${role} ${colorScheme}: chart part ${who} has ${round(seen, 10)} to 1`);
    }
  }
}

async function e8toggle(t) {
  const context = await t.context({ colorScheme: 'light' });
  const page = await t.open('letter', { context });
  const ground = (where) => where.evaluate(() => getComputedStyle(document.documentElement).backgroundColor + getComputedStyle(document.body).backgroundColor);
  const light = await ground(page);
  const toggle = page.locator(S.theme).first();
  if (!t.check(await toggle.isVisible().catch(() => false), 'no theme toggle with scripting on')) return;
  await toggle.click();
  const dark = await until(() => ground(page), (value) => value !== light);
  t.check(dark !== light, 'the toggle does not change the colours');
  await page.reload();
  t.check((await ground(page)) === dark, 'the choice is forgotten on reload');
  if (t.has('chronology')) {
    const other = await t.open('chronology', { context });
    t.check((await ground(other)) === dark, 'the choice is forgotten on the next page');
  }
  const name = await toggle.evaluate((one) => [one.getAttribute('aria-label') ?? one.textContent.trim(), one.getAttribute('aria-pressed')].join(' '));
  t.check(name.trim().length > 2, 'the toggle has no name');
  const off = await t.open('letter', { script: false });
  t.check((await off.locator(S.theme).filter({ visible: true }).count()) === 0, 'with scripting off a toggle is shown that cannot work');
}

async function greys(file) {
  const { stdout } = await run('pdftoppm', ['-gray', '-r', '40', '-f', '1', '-l', '1', file], { encoding: 'buffer', maxBuffer: 64 << 20 });
  const header = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(stdout.subarray(0, 40).toString('latin1'));
  const pixels = stdout.subarray(header[0].length);
  const share = (test) => pixels.reduce((sum, value) => sum + (test(value) ? 1 : 0), 0) / pixels.length;
  return { white: share((v) => v >= 250), grey: share((v) => v < 250 && v > 160), dark: pixels.reduce((least, value) => Math.min(least, value), 255) };
}

async function e9(t, role) {
  const page = await t.open(role, { colorScheme: 'dark', reducedMotion: 'reduce' });
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  const shown = await page.evaluate((charts) => [...document.querySelectorAll('nav, button, input, select, [role="navigation"]')].filter((e) => e.checkVisibility({ visibilityProperty: true }) && e.getBoundingClientRect().height > 1 && !e.matches(`:has(${charts})`)).map((e) => `${e.tagName.toLowerCase()}.${e.className}`), S.charts);
  t.check(shown.length === 0, `${role}: printed navigation or buttons: ${[...new Set(shown)].slice(0, 4).join(', ')}`);
  await page.emulateMedia({ media: null, colorScheme: 'dark' });
  const paper = await printed(page);
  const dark = await greys(paper.file);
  t.check(dark.white > 0.6, `${role}: dark theme prints ${Math.round(dark.white * 100)} % white`);
  t.check(dark.dark < 110, `${role}: dark theme prints no black (darkest ${dark.dark})`);
  const title = flat(await page.locator('h1').first().textContent()).slice(0, 25);
  const words = flat(paper.text);
  t.check(words.toLowerCase().includes(title.toLowerCase().split(' ').slice(0, 3).join(' ')), `${role}: the title “${title}” is not printed`);
  const sheets = paper.text.split('\f').filter((sheet, index, all) => sheet.trim() || index < all.length - 1);
  const last = (sheet) => sheet.trimEnd().split('\n').at(-1)?.trim();
  if (sheets.length > 1) {
    t.check(/^(\S.*\s)?2$|^2(\s.*)?$/.test(last(sheets[1])) || /\b2$/.test(sheets[1].trim().split('\n')[0]), `${role}: no page number on page 2 (“${last(sheets[1])}”)`);
    t.check(last(sheets[0]) !== '1', `${role}: page 1 has a page number`);
  }
  t.measure(`${role} ${sheets.length} p.`);
  await paper.done();
  const notes = await page.evaluate((S) => [...document.querySelectorAll(S.item)].map((item) => ({ id: item.id, mark: item.querySelector(S.backlink)?.textContent.trim(), words: [...item.querySelectorAll(`${S.card} p, ${S.card} li`)][0]?.textContent.replace(/\s+/g, ' ').trim().split(' ').slice(0, 3).join(' ') })), S);
  if (notes.length === 0) return;
  const at = words.search(/\bnotes\b/i);
  t.check(at > 0, `${role}: no heading “Notes” in print`);
  const tail = words.slice(words.toLowerCase().lastIndexOf(' notes ') > 0 ? words.toLowerCase().indexOf(' notes ') : 0);
  for (const note of notes) {
    const escape = (text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    t.check(new RegExp(`(^|\\s)${escape(note.mark)}\\.?\\s+${escape(note.words)}`).test(tail), `${role}: ${note.id} is split off its number “${note.mark}” or not printed (“${note.words}…”)`);
  }
}

async function e9letter(t) {
  const page = await t.open('letter', {});
  const closed = await printed(page);
  const words = flat(closed.text);
  const body = await page.evaluate(() => [...document.querySelectorAll('article p[id^="p"]')].at(-1).firstChild.textContent.replace(/\s+/g, ' ').trim().split(' ').slice(0, 3).join(' '));
  // Spaced small capitals come out of the PDF with gaps ("Sour ce"), so words are sought without spaces.
  const tight = (text) => text.replace(/\s+/g, '').toLowerCase();
  const heads = await page.evaluate((S) => [...document.querySelectorAll(`${S.notes} h2, .source h2, .cite h2`)].map((one) => one.textContent), S);
  t.check(heads.length === 3, `the headings after the text are ${heads.join(', ')}`);
  const lines = closed.text.split(/[\n\f]/).map(tight);
  const order = [[body, lines.findIndex((line) => line.includes(tight(body)))], ...heads.map((word) => [word, lines.lastIndexOf(tight(word))])];
  for (const [index, [word, at]] of order.entries()) {
    t.check(at >= 0, `“${word}” is not printed`);
    if (index > 0) t.check(at > order[index - 1][1], `“${word}” is printed before “${order[index - 1][0]}”`);
  }
  for (const word of ['Copy', 'Close note', 'Read all of note']) t.check(!new RegExp(`^\\s*${word}\\b`, 'm').test(closed.text), `“${word}” is printed`);
  const ref = (await textReferences(page))[0];
  await refButton(page, ref.index).scrollIntoViewIfNeeded();
  await refButton(page, ref.index).click();
  t.check(await becomesOpen(page, ref.note), 'note does not open');
  await settle(page);
  const open = await printed(page);
  t.check(open.text === closed.text, 'a page printed with a note open differs from one printed with it closed');
  await closed.done();
  await open.done();
}

async function e10(t) {
  for (const role of t.roles(['letter', 'dense', 'chronology', 'home'])) {
    const page = await t.open(role, { reducedMotion: 'reduce' });
    const ref = (await textReferences(page))[0];
    if (ref) {
      await refButton(page, ref.index).scrollIntoViewIfNeeded();
      await refButton(page, ref.index).click();
      await becomesOpen(page, ref.note);
    }
    const moving = await page.evaluate(() => {
      const seconds = (text) => Math.max(...text.split(',').map((one) => parseFloat(one) * (one.trim().endsWith('ms') ? 1 : 1000)));
      const found = [];
      for (const e of document.querySelectorAll('*')) for (const pseudo of [null, '::before', '::after', '::backdrop']) {
        const style = getComputedStyle(e, pseudo);
        if (seconds(style.transitionDuration) > 1 || (style.animationName !== 'none' && seconds(style.animationDuration) > 1)) found.push(`${e.tagName.toLowerCase()}.${e.className?.baseVal ?? e.className}${pseudo ?? ''}`);
      }
      return { found, smooth: getComputedStyle(document.documentElement).scrollBehavior === 'smooth', running: document.getAnimations().length };
    });
    t.check(moving.found.length === 0, `${role}: ${[...new Set(moving.found)].slice(0, 3).join(', ')} still move`);
    t.check(!moving.smooth && moving.running === 0, `${role}: smooth scrolling ${moving.smooth}, ${moving.running} animations`);
  }
}

async function e11(t) {
  let foreign = 0, romanised = 0;
  const page = await (await t.context({ script: false })).newPage();
  for (const role of t.roles()) {
    await t.visit(page, role);
    const state = await page.evaluate(() => {
      const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
      const bare = [];
      let found = 0;
      for (let node; (node = walk.nextNode());) {
        if (!/\p{Script=Cyrillic}{2}/u.test(node.data) || node.parentElement.closest('script, style')) continue;
        found += 1;
        const lang = node.parentElement.closest('[lang]')?.lang ?? '';
        if (!/^(ru|uk|be|bg|sr|mk|cu)(-Cyrl)?\b/.test(lang) || /Latn/.test(lang)) bare.push(`“${node.data.trim().slice(0, 30)}” (${lang})`);
      }
      for (const one of document.querySelectorAll('body [lang="ru"]')) {
        if (/\p{Script=Latin}{4}/u.test(one.textContent) && !/\p{Script=Cyrillic}/u.test(one.textContent)) bare.push(`romanised “${one.textContent.trim().slice(0, 30)}” (ru, not ru-Latn)`);
      }
      return { lang: document.documentElement.lang, bare, found, latin: document.querySelectorAll('[lang$="-Latn"]').length };
    });
    t.check(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(state.lang), `${role}: the page has lang “${state.lang}”`);
    for (const one of state.bare) t.check(false, `${role}: wrong or no lang: ${one}`);
    foreign += state.found;
    romanised += state.latin;
  }
  if (t.site.languages) t.check(foreign > 0, 'no foreign phrase on any page, so nothing was tried');
  t.measure(`${foreign} Cyrillic, ${romanised} romanised phrases`);
}

async function e12(t) {
  const { JSDOM } = await import('jsdom');
  let count = 0;
  for (const [role, texts] of Object.entries(t.site.verbatim ?? {})) {
    const dom = new JSDOM((await t.read(t.site.pages[role])).toString('utf8'));
    dom.window.document.querySelectorAll(`${S.paragraphLink}, ${S.ref} button, head`).forEach((one) => one.remove());
    const words = flat(dom.window.document.body.textContent);
    for (const text of texts) {
      count += 1;
      t.check(words.includes(flat(text)), `${role}: “${text}” does not come out as typed`);
    }
  }
  t.check(count > 0, 'no texts to compare');
  t.measure(`${count} passages`);
}

async function e13(t) {
  const bases = [await t.view({ base: '/repo/' }), await t.view({ base: '/' })];
  const reference = new Map();
  const look = (page) => page.evaluate(() => {
    const style = getComputedStyle(document.body);
    return { family: style.fontFamily, size: style.fontSize, ground: getComputedStyle(document.documentElement).backgroundColor + style.backgroundColor, height: document.documentElement.scrollHeight, sheets: [...document.styleSheets].length };
  });
  const roots = [...bases.map((view) => (name) => view.url(name)), (name) => pathToFileURL(path.join(path.resolve(t.site.dir), name)).href];
  for (const [index, address] of roots.entries()) {
    const context = await t.context({});
    for (const role of t.roles()) {
      const page = await context.newPage();
      await page.goto(address(t.site.pages[role]), { waitUntil: 'load' });
      const seen = await look(page);
      t.check(seen.sheets > 0, `${role} at ${['/repo/', '/', 'file://'][index]}: no stylesheet`);
      if (index === 0) reference.set(role, seen);
      else t.check(['family', 'size', 'ground', 'sheets'].every((key) => reference.get(role)[key] === seen[key]), `${role}: looks different at ${['/repo/', '/', 'file://'][index]}`);
      if (role === 'letter' && t.has('home')) {
        const home = page.locator(`header a[href$="${path.posix.basename(t.site.pages.home)}"], header a[href*="index.html"]`).first();
        await home.click();
        await page.waitForLoadState('load');
        t.check(page.url().split('#')[0] === address(t.site.pages.home), `letter at ${['/repo/', '/', 'file://'][index]}: the edition's name leads to ${page.url()}`);
      }
      await page.close();
    }
  }
  for (const view of bases) for (const one of view.seen) t.check(one.status === 200, `${one.pathname} answers ${one.status}`);
  if (!t.check(t.has('notfound'), 'no 404 page')) return;
  for (const [view, base] of [[bases[0], '/repo/'], [bases[1], '/']]) {
    for (const name of ['none.html', 'no/such/page.html']) {
      const page = await (await t.context({ quiet: true })).newPage();
      const answer = await page.goto(view.url(name), { waitUntil: 'load' });
      t.check(answer.status() === 404, `${name}: status ${answer.status()}`);
      const state = await page.evaluate(() => ({ words: document.querySelector('main')?.innerText.trim().length ?? 0, home: [...document.querySelectorAll('a[href]')].map((a) => a.href) }));
      t.check(state.words > 20, `the 404 page at ${base}${name} says nothing`);
      // Served at any depth, it can lead home by the edition's public address only.
      const homes = [view.url('index.html'), view.url(''), t.site.url, `${t.site.url}index.html`];
      t.check(state.home.some((href) => homes.includes(href.split('#')[0])), `the 404 page at ${base}${name} does not lead home`);
    }
  }
}

async function e14(t) {
  const twins = t.editions.filter((one) => one.content && one.content === t.site.content);
  const themes = new Set(twins.map((one) => one.theme));
  if (!t.check(themes.size >= 2, `built with ${themes.size} theme(s), two are shipped`)) return;
  const bare = (text) => text.replaceAll(/<(link|meta|style|script)\b[^>]*>(<\/script>)?/g, '').replaceAll(/\s+/g, ' ');
  const [first, ...others] = twins;
  for (const other of others) {
    for (const role of Object.keys(first.pages)) {
      const [a, b] = await Promise.all([first, other].map((one) => readFile(path.join(one.dir, one.pages[role] ?? first.pages[role]), 'utf8')));
      t.check(bare(a) === bare(t.mutant ? t.mutant.html(b) : b), `${role}: ${other.theme} changes more than the style`);
    }
  }
  t.measure(`${[...themes].join(', ')}: E1, E4, E6 to E10 ran for each`);
}

const OPAQUE = { name: 'grey text', ...css(':root{--ink:#999!important;--quiet:#aaa!important;--accent:#bbb!important}body{color:#999!important}') };

export default [
  { id: 'E1', title: 'axe: no violations, light and dark, wide, tablet and phone, note closed and open', each: true, weight: 9, run: e1, mutants: [OPAQUE,
    { name: 'a button without name', html: (text) => text.replace('</main>', '<button></button></main>') }] },
  { id: 'E2', title: 'Nu HTML checker: no errors in the whole output', weight: 20, run: e2, mutants: [
    { name: 'a paragraph in a heading', html: (text) => text.replace(/<h1/, '<ul><p>x</p></ul><h1') }] },
  { id: 'E3', title: 'weight, and no request to another host', needs: ['letter'], run: e3, mutants: [
    { name: 'a foreign font', css: (text) => `@import url(http://fonts.example.org/x.css);${text}` },
    { name: 'a heavy stylesheet', css: (text) => text + Array.from({ length: 4000 }, (_, i) => `.q${(i * 7919) % 99991}{order:${(i * 104729) % 65537}}`).join('') }] },
  { id: 'E4', title: 'nothing shifts when fonts come 900 ms late', needs: ['letter'], weight: 5, run: e4, mutants: [
    { name: 'a late banner', js: (text) => `${text};setTimeout(()=>{const d=document.createElement('div');d.style.height='300px';document.body.prepend(d)},300)` }] },
  { id: 'E5', title: 'title, description, icon, language, one h1 (the conditions of Lighthouse)', run: e5, mutants: [
    { name: 'no icon', html: (text) => text.replaceAll(/<link[^>]*rel="icon"[^>]*>/g, '') },
    { name: 'no description', html: (text) => text.replaceAll(/<meta name="description"[^>]*>/g, '') }] },
  { id: 'E6', title: 'no sideways scroll at 320 px nor with text spacing', each: true, weight: 4, run: e6, mutants: [
    { name: 'a wide block', html: (text) => text.replace('</main>', '<div style="width:600px;height:9px">x</div></main>') },
    { name: 'a squeezed line', ...css('main p{width:1.2rem!important;overflow-wrap:anywhere!important}') },
    { name: 'text cut', ...css('main h1{height:10px!important;overflow:hidden!important}') }] },
  { id: 'E7', title: 'forced colours: borders, references, bars, chosen tab and filter', each: true, weight: 3, run: e7, mutants: [
    { name: 'card without border', ...css(`${OPEN}{border:0!important}`) },
    { name: 'own colours', ...css('*{forced-color-adjust:none!important}sup.r button,sup.r button::before,sup.r button::after{color:#123456!important}svg path{fill:#123456!important}') }] },
  { id: 'E8', title: 'dark by setting, contrasts', each: true, weight: 3, run: e8, mutants: [OPAQUE,
    { name: 'never dark', ...css(':root{color-scheme:light!important}body,html{background:#fff!important}') }] },
  { id: 'E8b', title: 'a toggle overrides the setting and is remembered', needs: ['letter'], run: e8toggle, mutants: [
    { name: 'nothing stored', js: (text) => text.replaceAll('localStorage', 'sessionStorage&&{}') }] },
  { id: 'E9', title: 'print: no buttons, black on white, page numbers, notes with their numbers', each: true, weight: 4, run: e9, mutants: [
    { name: 'buttons printed', ...css('@media print{nav,button{display:block!important;visibility:visible!important}}') },
    { name: 'dark paper', ...css('@media print{:root,body{background:#222!important;color:#ddd!important}}') },
    { name: 'numbers not printed', ...css('@media print{[role=doc-backlink]{display:none!important}}') }] },
  { id: 'E9b', title: 'print: text, notes, source, citation; an open card changes nothing', needs: ['letter'], run: e9letter, mutants: [
    { name: 'the card is not closed', js: (text) => text.replaceAll('beforeprint', 'x-beforeprint') }] },
  { id: 'E10', title: 'reduced motion: no transitions', run: e10, mutants: [
    { name: 'the card fades', ...css(`${OPEN}{transition:opacity 1s!important}`) }] },
  { id: 'E11', title: 'lang on the page and on every foreign phrase', run: e11, mutants: [
    { name: 'no lang inside', html: (text) => text.replaceAll(/(<(?!html)[^>]*) lang="ru[^"]*"/g, '$1').replace('</main>', '<p>Русский текст</p></main>') }] },
  { id: 'E12', title: 'the transcription comes out as typed', needs: ['letter'], run: e12, mutants: [
    { name: 'tidied', html: (text) => text.replaceAll(/ -(?=\w)/g, '-').replaceAll('foreign, ', 'foreign ') }] },
  { id: 'E13', title: 'works at /repo/, at the root and from a disk; 404 page', weight: 3, run: e13, mutants: [
    { name: 'style from the root', html: (text) => text.replaceAll(/href="(\.\.\/)*([^":#]*\.css)"/g, 'href="/$2"') }] },
  { id: 'E14', title: 'a theme changes the style only', once: true, run: e14, mutants: [
    { name: 'other words', html: (text) => text.replaceAll('<h1', '<p>x</p><h1') }] },
];
