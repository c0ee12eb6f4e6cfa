// Notes: one copy of each note as endnote, card and side note (acceptance N1 to N21, N23).
import { Readability } from '@mozilla/readability';
import { JSDOM } from 'jsdom';
import { S, APPARATUS, TOKENS } from './selectors.mjs';
import { PHONE } from './stage.mjs';
import {
  OPEN, until, settle, fontsReady, isOpen, openId, becomesOpen, becomesClosed, references, textReferences, refButton, refLink,
  placement, middle, press, gapBetween, overlaps, sweep, idlePoint, focused, sideNotes, textColumn,
} from './measure.mjs';

const NARROW = { viewport: { width: 900, height: 900 } };
const WIDE = { viewport: { width: 1440, height: 900 } };
const SCREENS = { '760x620': { viewport: { width: 760, height: 620 } }, '900x900': NARROW, '390x664': PHONE };
const css = (text) => ({ css: (body) => `${body}\n${text}` });
const round = (value) => Math.round(value * 10) / 10;
const most = (values) => (values.length ? Math.max(...values) : 0);

/** First, middle and last note of a page. */
const some = (list) => [...new Set([list[0], list[Math.floor(list.length / 2)], list[list.length - 1]])].filter(Boolean);

async function sweeps(t) {
  const rows = [];
  for (const role of t.roles(['letter', 'dense'])) {
    for (const [screen, options] of Object.entries(SCREENS)) {
      const page = await t.open(role, { script: false, ...options });
      for (const row of await sweep(page)) rows.push({ where: `${role} ${screen} ${row.id}`, ...row });
      await page.context().close();
    }
  }
  t.check(rows.length > 0, 'no references were found to press');
  return rows;
}

/** The sweep is slow, so N4, N5 and N6 read one and the same. */
function swept(t) {
  t.site.sweeps ??= new Map();
  const key = t.mutant?.name ?? '';
  if (!t.site.sweeps.has(key)) t.site.sweeps.set(key, sweeps(t));
  return t.site.sweeps.get(key);
}

async function opensBy(t, page, ref, way) {
  const button = refButton(page, ref.index);
  if (way === 'click') {
    if (!(await press(page, button))) return false;
  } else {
    await button.focus();
    await page.keyboard.press(way);
  }
  return becomesOpen(page, ref.note);
}

async function n1(t) {
  let pressed = 0;
  for (const role of t.roles(['letter', 'dense'])) {
    const page = await t.open(role, { script: false, ...NARROW });
    for (const ref of some(await textReferences(page))) {
      for (const way of ['click', 'Enter', 'Space']) {
        t.check(await opensBy(t, page, ref, way), `${role}: ${way} on ${ref.id} does not open ${ref.note}`);
        await page.keyboard.press('Escape');
        await becomesClosed(page);
        pressed += 1;
      }
      const shown = [await refButton(page, ref.index).isVisible(), await refLink(page, ref.index).isVisible()];
      t.check(shown[0] && !shown[1], `${role} ${ref.id}: the button must be the only control shown, got button ${shown[0]}, link ${shown[1]}`);
    }
  }
  t.check(pressed > 0, 'no reference was pressed');
  t.measure(`${pressed} presses`);
}

const CLOSINGS = {
  Escape: (page) => page.keyboard.press('Escape'),
  outside: async (page) => { const at = await idlePoint(page); await page.mouse.click(at.x, at.y); },
  cross: (page) => press(page, page.locator(`${OPEN} ${S.close}`)),
  again: (page, ref) => press(page, refButton(page, ref.index)),
};

async function n2n3(t, focus) {
  for (const role of t.roles(['letter', 'dense'])) {
    for (const script of focus ? [false, true] : [false]) {
      const page = await t.open(role, { script, ...NARROW });
      for (const ref of some(await textReferences(page)).slice(0, 2)) {
        for (const [name, closing] of Object.entries(CLOSINGS)) {
          if (focus && !['Escape', 'cross'].includes(name)) continue;
          if (!t.check(await opensBy(t, page, ref, 'click'), `${role}: ${ref.id} does not open`)) continue;
          await settle(page);
          await closing(page, ref);
          t.check(await becomesClosed(page), `${role} ${ref.id}: ${name} does not close the note`);
          if (focus) {
            const at = await until(() => focused(page), (value) => value === `ref ${ref.id}`, 2000);
            t.check(at === `ref ${ref.id}`, `${role} ${ref.id}, script ${script}: after ${name} the focus is on ${at}`);
          }
          await page.mouse.move(2, 2);
        }
      }
    }
  }
}

async function n4(t) {
  const rows = await swept(t);
  for (const row of rows) t.check(row.scroll === row.before, `${row.where}: opening scrolled from ${row.before} to ${row.scroll}`);
  t.measure(`${rows.length} openings`);
}

async function n5(t) {
  const rows = await swept(t);
  const over = [];
  for (const row of rows) {
    if (!t.check(row.card, `${row.where}: no card opened`)) continue;
    const out = Math.max(-row.card.left, -row.card.top, row.card.right - row.width, row.card.bottom - row.height);
    over.push(out);
    t.check(out <= 0.5, `${row.where}: card leaves the screen by ${round(out)} px`);
    t.check(row.card.width > 120 && row.card.height > 30, `${row.where}: card is only ${round(row.card.width)} x ${round(row.card.height)} px`);
  }
  t.measure(`${rows.length} cards, nearest edge ${round(-most(over))} px`);
}

async function n6(t) {
  const rows = await swept(t);
  const gaps = [];
  for (const row of rows) {
    if (!t.check(row.card, `${row.where}: no card opened`)) continue;
    const gap = gapBetween(row.card, row.ref);
    gaps.push(gap);
    t.check(gap < 30, `${row.where}: card is ${round(gap)} px from its reference`);
    t.check(!overlaps(row.card, row.ref), `${row.where}: card covers its reference`);
  }
  t.measure(`gap at most ${round(most(gaps))} px`);
}

async function n7(t) {
  const sizes = [];
  for (const role of t.roles(['letter', 'dense'])) {
    const page = await t.open(role, { script: false, ...PHONE });
    const rem = await page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize));
    for (const ref of await textReferences(page)) {
      const point = await middle(refButton(page, ref.index));
      if (!t.check(point, `${role}: ${ref.id} cannot be tapped`)) continue;
      await page.touchscreen.tap(point.x, point.y);
      if (!t.check(await becomesOpen(page, ref.note), `${role}: a tap on ${ref.id} does not open it`)) continue;
      await settle(page);
      const at = await placement(page, ref.index);
      t.check(Math.abs(at.card.width - (at.width - rem)) < 2, `${role} ${ref.id}: card is ${round(at.card.width)} px wide, ${round(at.width - rem)} expected`);
      t.check(at.card.height <= at.height * 0.62 + 1, `${role} ${ref.id}: card takes ${round(100 * at.card.height / at.height)} % of the height`);
      sizes.push(100 * at.card.height / at.height);
      const cross = await page.evaluate((selector) => {
        const button = document.querySelector(selector);
        const box = button.getBoundingClientRect();
        const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
        const hit = (dx, dy) => button.contains(document.elementFromPoint(x + dx, y + dy));
        return { width: box.width, height: box.height, hit: [hit(-21.5, 0), hit(21.5, 0), hit(0, -21.5), hit(0, 21.5)] };
      }, `${OPEN} ${S.close}`);
      const large = cross.width >= 43.5 && cross.height >= 43.5;
      t.check(large || cross.hit.every(Boolean), `${role} ${ref.id}: × takes a press on ${cross.width} x ${cross.height} px, less than 44`);
      const idle = await idlePoint(page);
      if (t.check(idle, `${role} ${ref.id}: nothing outside the card can be tapped`)) {
        await page.touchscreen.tap(idle.x, idle.y);
        t.check(await becomesClosed(page), `${role} ${ref.id}: a tap outside does not close`);
      }
    }
  }
  t.measure(`cards up to ${Math.round(most(sizes))} % of the height`);
}

/** Ids or marks of everything Tab may reach, in document order, as the page lists it. */
async function n8(t) {
  for (const script of [false, true]) {
    for (const role of t.roles(['dense', 'letter'])) {
      const page = await t.open(role, { script, ...NARROW });
      const refs = (await textReferences(page)).slice(0, 4);
      for (const ref of refs) {
        await opensBy(t, page, ref, 'Enter');
        await settle(page);
        const expected = await page.evaluate(([S, index]) => {
          const can = 'a[href], button, summary, input, [tabindex="0"]';
          const shown = (e) => e.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: false }) && e.getClientRects().length > 0;
          const ref = document.querySelectorAll(S.ref)[index];
          const card = document.getElementById(ref.querySelector(S.refButton).getAttribute('popovertarget'));
          const inside = [...card.querySelectorAll(can)].filter(shown);
          const next = [...document.querySelectorAll(can)].find((e) => shown(e) && !ref.contains(e) && !e.closest(S.item)
            && (ref.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING) && e.tabIndex >= 0);
          globalThis.__stops = [...inside, next];
          return inside.length;
        }, [S, ref.index]);
        const where = () => page.evaluate(() => globalThis.__stops.indexOf(document.activeElement));
        for (let step = 0; step < expected; step += 1) {
          await page.keyboard.press('Tab');
          const at = await where();
          t.check(at === step, `${role} ${ref.id}, script ${script}: Tab ${step + 1} should reach control ${step + 1} of the note, reached ${await focused(page)}`);
        }
        t.check(expected > 0, `${role} ${ref.id}: nothing in the note can be reached`);
        await page.keyboard.press('Tab');
        t.check((await where()) === expected, `${role} ${ref.id}, script ${script}: Tab out of the note reaches ${await focused(page)}`);
        if (script) t.check(await becomesClosed(page), `${role} ${ref.id}: the card stays open when the focus has left it`);
        await page.keyboard.press('Escape');
        await becomesClosed(page);
      }
    }
  }
}

/** Notes in the page itself when the pointer comes and goes and when cards open and close. */
function watch() {
  globalThis.__log = [];
  const log = (what, id) => globalThis.__log.push({ what, id, at: performance.now() });
  const part = (node) => node?.closest?.('sup.r, .note[popover]') ?? null;
  document.addEventListener('pointerover', (event) => {
    if (part(event.target) && part(event.target) !== part(event.relatedTarget)) log('enter', part(event.target).id);
  }, true);
  document.addEventListener('pointerout', (event) => {
    if (part(event.target) && part(event.target) !== part(event.relatedTarget)) log('leave', part(event.target).id);
  }, true);
  document.addEventListener('beforetoggle', (event) => log(event.newState, event.target.id), true);
}

const passes = (page, milliseconds) => page.evaluate((wait) => new Promise((done) => {
  const from = performance.now();
  const look = () => (performance.now() - from >= wait ? done() : setTimeout(look, 20));
  look();
}), milliseconds);
const logged = (page) => page.evaluate(() => globalThis.__log);

async function hoverable(t) {
  const role = t.has('letter') ? 'letter' : 'dense';
  const context = await t.context(NARROW);
  await context.addInitScript(watch);
  const page = await t.open(role, { context });
  const ref = (await textReferences(page))[0];
  const button = refButton(page, ref.index);
  await button.scrollIntoViewIfNeeded();
  await page.mouse.move(3, 3);
  const box = await button.boundingBox();
  return { page, ref, button, x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function n9(t) {
  const { page, ref, x, y } = await hoverable(t);
  await page.mouse.move(x, y);
  if (!t.check(await becomesOpen(page, ref.note), 'hover does not open the note')) return;
  let log = await logged(page);
  const opened = log.find((row) => row.what === 'open').at - log.find((row) => row.what === 'enter').at;
  t.check(opened >= 245 && opened < 1200, `opened ${Math.round(opened)} ms after the pointer came, 250 expected`);
  await settle(page);
  const { card } = await placement(page, ref.index);
  const [cx, cy] = [(card.left + card.right) / 2, card.top > y ? card.top + 12 : card.bottom - 12];
  await page.mouse.move(x, (y + cy) / 2);
  await page.mouse.move(cx, cy);
  await passes(page, 600);
  t.check(await isOpen(page, ref.note), 'the card closes while the pointer travels onto it or rests on it');
  const away = await idlePoint(page);
  await page.mouse.move(away.x, away.y);
  if (!t.check(await becomesClosed(page), 'the card stays when the pointer has left')) return;
  log = await logged(page);
  const closed = log.filter((row) => row.what === 'closed').at(-1).at - log.filter((row) => row.what === 'leave').at(-1).at;
  t.check(closed >= 295 && closed < 1500, `closed ${Math.round(closed)} ms after the pointer left, 300 expected`);
  await page.mouse.move(x, y);
  t.check(await becomesOpen(page, ref.note), 'a second hover does not open the note');
  await page.keyboard.press('Escape');
  t.check(await becomesClosed(page), 'Escape does not close a card opened by hover');
  await passes(page, 600);
  t.check(!(await isOpen(page, ref.note)), 'the card comes back after Escape though the pointer has not moved');
  t.measure(`opens after ${Math.round(opened)} ms, leaves after ${Math.round(closed)} ms`);

  const touch = await t.open(t.has('letter') ? 'letter' : 'dense', PHONE);
  const first = (await textReferences(touch))[0];
  await refButton(touch, first.index).scrollIntoViewIfNeeded();
  await refButton(touch, first.index).tap();
  t.check(await becomesOpen(touch, first.note), 'with script, a tap does not open the note');
  await passes(touch, 500);
  t.check(await isOpen(touch, first.note), 'with script, a tapped note closes again by itself');
}

async function n10(t) {
  const { page, ref, button, x, y } = await hoverable(t);
  await page.mouse.move(x, y);
  if (!t.check(await becomesOpen(page, ref.note), 'hover does not open the note')) return;
  await button.click();
  await passes(page, 100);
  t.check(await isOpen(page, ref.note), 'a click on a note opened by hover closes it');
  const away = await idlePoint(page);
  await page.mouse.move(away.x, away.y);
  await passes(page, 800);
  t.check(await isOpen(page, ref.note), 'a pinned note closes when the pointer leaves');
  await button.click();
  t.check(await becomesClosed(page), 'a click on the reference does not close a pinned note');
}

async function n11(t) {
  const page = await t.open('dense', { script: false, ...NARROW });
  const refs = await textReferences(page);
  const twice = refs.filter((ref) => refs.filter((other) => other.note === ref.note).length > 1);
  if (!t.check(twice.length > 1, 'no note of the dense page is referred to twice')) return;
  for (const ref of twice) {
    t.check(await opensBy(t, page, ref, 'click'), `${ref.id} does not open ${ref.note}`);
    await settle(page);
    const at = await placement(page, ref.index);
    const gap = gapBetween(at.card, at.ref);
    t.check(gap < 30 && !overlaps(at.card, at.ref), `${ref.id}: the card opens ${round(gap)} px away, at another reference`);
    await page.keyboard.press('Escape');
    const back = await until(() => focused(page), (value) => value === `ref ${ref.id}`, 2000);
    t.check(back === `ref ${ref.id}`, `${ref.id}: the focus went back to ${back}`);
  }
  const links = await page.evaluate(([S, note]) => [...document.getElementById(note).querySelectorAll(S.backlink)].map((a) => a.getAttribute('href')), [S, twice[0].note]);
  t.check(links.length === twice.filter((ref) => ref.note === twice[0].note).length, `the note has ${links.length} ways back`);
}

async function n12(t) {
  let notes = 0;
  const off = [];
  for (const width of [1100, 1440]) {
    for (const role of t.roles(['letter', 'dense', 'long'])) {
      const page = await t.open(role, { script: false, viewport: { width, height: 900 } });
      await fontsReady(page);
      const rows = (await sideNotes(page)).filter((row) => !row.inNote);
      const { right } = await textColumn(page);
      const here = (row) => `${role} ${width} ${row.id}`;
      notes += rows.length;
      rows.forEach((row, index) => {
        t.check(row.position === 'absolute', `${here(row)}: not placed in the margin (position ${row.position})`);
        t.check(row.left >= right, `${here(row)}: lies ${round(right - row.left)} px inside the text column`);
        t.check(row.right <= width, `${here(row)}: leaves the page by ${round(row.right - width)} px`);
        // In a heading the letters are larger than the note's, and a few pixels of the sheet's rounding with them.
        const slack = row.heading ? 6 : 3;
        t.check(row.baseline - row.line > -slack, `${here(row)}: stands ${round(row.line - row.baseline)} px above its reference`);
        const pushed = index > 0 && row.top - rows[index - 1].bottom < 26 && row.baseline > row.line + 3;
        if (!pushed && row.top > 0) off.push([Math.abs(row.baseline - row.line), here(row), slack]);
        for (const other of rows.slice(index + 1)) t.check(!overlaps(row, other), `${here(row)} overlaps ${other.id}`);
      });
      const facts = await page.evaluate((S) => { const b = document.querySelector(S.facts)?.getBoundingClientRect(); return b && { left: b.left, right: b.right, top: b.top + scrollY, bottom: b.bottom + scrollY }; }, S);
      for (const row of rows) if (facts) t.check(!overlaps(row, facts), `${here(row)} overlaps the facts`);
      const unshown = await page.evaluate((S) => [...document.querySelectorAll(S.ref)].filter((ref) => [S.refButton, S.refLink].filter((one) => ref.querySelector(one)?.checkVisibility()).length !== 1).map((ref) => ref.id), S);
      t.check(unshown.length === 0, `${role} ${width}: not exactly one control at ${unshown.join(' ')}`);
    }
  }
  t.check(notes > 0, 'no side notes');
  for (const [distance, where, slack] of off) t.check(distance <= slack, `${where}: first baseline is ${round(distance)} px off its line`);
  t.measure(`${notes} side notes, baselines within ${round(most(off.map(([distance]) => distance)))} px`);
}

async function n13(t) {
  const page = await t.open('dense', { script: false, ...WIDE });
  await fontsReady(page);
  const rows = (await sideNotes(page)).filter((row) => !row.inNote);
  const { right } = await textColumn(page);
  const drift = most(rows.map((row) => row.top - row.ref.top));
  for (const row of rows) t.check(row.top - row.ref.top <= 300, `${row.id} is ${round(row.top - row.ref.top)} px below its line, more than a third of the screen`);
  const long = rows.filter((row) => row.long);
  t.check(long.length >= 3, `only ${long.length} notes are cut`);
  for (const { id } of long) {
    const cut = await page.evaluate(([S, id]) => {
      const card = document.getElementById(id).querySelector(S.card);
      const inner = card.querySelector('p, li') ?? card;
      const line = parseFloat(getComputedStyle(inner).lineHeight);
      const style = getComputedStyle(card), after = getComputedStyle(card, '::after');
      return { lines: card.clientHeight / line, hidden: card.scrollHeight - card.clientHeight, fade: style.maskImage !== 'none' || style.webkitMaskImage !== 'none' || after.backgroundImage !== 'none' };
    }, [S, id]);
    t.check(cut.lines <= 6.6, `${id}: cut to ${round(cut.lines)} lines, 6 expected`);
    if (cut.hidden > 2) t.check(cut.fade, `${id}: the cut has no fade`);
    const more = page.locator(`#${id} ${S.more}`);
    if (!t.check(await more.isVisible(), `${id}: no way to read all of it`)) continue;
    await more.evaluate((element) => element.scrollIntoView({ block: 'end', behavior: 'instant' }));
    const point = await middle(more);
    const scroll = await page.evaluate(() => scrollY);
    if (!t.check(point, `${id}: “Read all” cannot be pressed`)) continue;
    await page.mouse.click(point.x, point.y);
    const note = id.replace(/^fn/, 'n');
    if (!t.check(await becomesOpen(page, note), `${id}: “Read all” does not open it`)) continue;
    await settle(page);
    const open = await page.evaluate((OPEN) => {
      const card = document.querySelector(OPEN), box = card.getBoundingClientRect();
      return { left: box.left, top: box.top, bottom: box.bottom, right: box.right, height: innerHeight, width: document.documentElement.clientWidth, hidden: card.scrollHeight - card.clientHeight, scrolls: getComputedStyle(card).overflowY, scroll: scrollY, rest: document.documentElement.scrollHeight - innerHeight - scrollY };
    }, OPEN);
    t.check(open.left >= right - 1, `${id}: opens over the text, ${round(right - open.left)} px inside the column`);
    t.check(open.right <= open.width + 1, `${id}: opened, it leaves the screen at the right`);
    t.check(open.hidden <= 2 || ['auto', 'scroll'].includes(open.scrolls), `${id}: opened, ${open.hidden} px stay hidden`);
    // In the margin it moves with the page, so its end may lie below the screen, but never below the page.
    t.check(open.top >= -1 && open.top < open.height && open.bottom <= open.height + open.rest + 1, `${id}: opened, its end cannot be reached (${round(open.top)} to ${round(open.bottom)} of ${open.height}, ${open.rest} left to scroll)`);
    t.check(open.scroll === scroll, `${id}: opening scrolls the page`);
    await page.keyboard.press('Escape');
    await becomesClosed(page);
  }
  t.measure(`${rows.length} notes, ${long.length} cut, farthest ${Math.round(drift)} px`);
}

async function n14(t) {
  for (const role of t.roles(['letter', 'dense'])) {
    for (const width of [1440, 900, 390]) {
      const page = await t.open(role, { script: false, viewport: { width, height: 900 }, fragment: '#fn1' });
      const look = await page.evaluate((S) => {
        const marks = (item) => {
          const seen = [];
          for (const element of [item, item.querySelector(S.card)]) {
            for (const pseudo of [null, '::before', '::after']) {
              const style = getComputedStyle(element, pseudo);
              seen.push([style.backgroundColor, style.boxShadow, style.outlineStyle, style.borderLeftColor, style.borderLeftWidth, style.content].join(' '));
            }
          }
          return seen.join('; ');
        };
        const target = document.querySelector(`${S.item}:target`);
        const box = target?.getBoundingClientRect();
        const here = target && marks(target);
        const clone = target && [...document.querySelectorAll(S.item)].find((item) => item !== target && item.className === target.className);
        return { id: target?.id, top: box?.top, bottom: box?.bottom, height: innerHeight, here, other: clone ? marks(clone) : null, position: target && getComputedStyle(target).position };
      }, S);
      t.check(look.id === 'fn1', `${role} ${width}: note 1 is not the target`);
      t.check(look.top >= -1 && look.top < look.height - 20, `${role} ${width}: note 1 is at ${look.top}, out of view`);
      if (look.other) t.check(look.here !== look.other, `${role} ${width}: note 1 looks like any other note`);
    }
  }
}

async function n15(t) {
  for (const role of t.roles(['letter', 'dense'])) {
    for (const script of [false, true]) {
      for (const width of [1440, 900]) {
        const page = await t.open(role, { script, viewport: { width, height: 700 } });
        for (const { id } of some(await page.evaluate((S) => [...document.querySelectorAll(S.item)].filter((item) => !item.querySelector(S.card)?.matches(':popover-open')).map((item) => ({ id: item.id })), S))) {
          const link = page.locator(`#${id} ${S.backlink}`).first();
          const href = await link.getAttribute('href');
          if (!t.check(await press(page, link), `${role} ${width}, script ${script}: the number of ${id} cannot be pressed, something lies over it`)) continue;
          if (!script) await until(() => page.evaluate(() => location.hash), (hash) => hash === href);
          await settle(page);
          const at = await page.evaluate((href) => {
            const box = document.getElementById(href.slice(1)).getBoundingClientRect();
            return { hash: location.hash, top: box.top, bottom: box.bottom, height: innerHeight };
          }, href);
          t.check(at.top >= 0 && at.bottom <= at.height, `${role} ${width}, script ${script}: after the number of ${id} the reference is at ${round(at.top)} of ${at.height}`);
        }
      }
    }
  }
}

const without = (text, ...names) => names.reduce((body, name) => body.replaceAll(name, `x-${name}`), text);

async function n16(t) {
  const noAnchors = await t.view({ rewrite: { css: (text) => without(text, 'position-area', 'position-try', 'position-anchor', 'anchor-name', 'anchor(', 'anchor-size(') } });
  const noPopover = await t.view({ rewrite: {
    css: (text) => without(text.replaceAll(':popover-open', ':x-popover-open'), 'position-area', 'position-anchor', 'anchor-name', 'anchor('),
    html: (text) => text.replaceAll(/ popover(target(action)?="[^"]*"|(?=[ >]))/g, ''),
  } });
  for (const role of t.roles(['letter', 'dense'])) {
    for (const [name, options] of Object.entries({ '900': NARROW, '390': PHONE })) {
      const page = await t.open(role, { view: noAnchors, script: false, ...options });
      for (const ref of some(await textReferences(page))) {
        t.check(await opensBy(t, page, ref, 'click'), `without anchors, ${role} ${name} ${ref.id}: does not open`);
        await settle(page);
        const at = await placement(page, ref.index);
        if (!t.check(at.card, `without anchors, ${role} ${name} ${ref.id}: no card`)) continue;
        t.check(at.height - at.card.bottom >= -1 && at.height - at.card.bottom <= 40, `without anchors, ${role} ${name} ${ref.id}: card ends ${round(at.height - at.card.bottom)} px above the foot of the screen`);
        t.check(at.card.top >= 0 && at.card.left >= 0 && at.card.right <= at.width + 1, `without anchors, ${role} ${name} ${ref.id}: card leaves the screen`);
        await page.keyboard.press('Escape');
        await becomesClosed(page);
      }
    }
    const wide = await t.open(role, { view: noAnchors, script: false, ...WIDE });
    const rows = await sideNotes(wide);
    rows.forEach((row, index) => rows.slice(index + 1).forEach((other) => t.check(!overlaps(row, other), `without anchors, ${role} 1440: ${row.id} overlaps ${other.id}`)));
    for (const row of rows) t.check(row.height > 10 && row.left >= 0 && row.right <= 1440, `without anchors, ${role} 1440: ${row.id} is not to be read`);

    for (const width of [1440, 900]) {
      const page = await t.open(role, { view: noPopover, script: false, viewport: { width, height: 900 } });
      const refs = await page.evaluate((S) => [...document.querySelectorAll(S.ref)].filter((ref) => !ref.closest(S.item)).map((ref) => [S.refLink, S.refButton].map((one) => ref.querySelector(one)?.checkVisibility() ?? false)), S);
      t.check(refs.length > 0 && refs.every(([link, button]) => link && !button), `without popovers, ${role} ${width}: the reference is not a link`);
      const link = page.locator(S.ref).first().locator(S.refLink);
      const href = await link.getAttribute('href');
      await link.click();
      const box = await page.locator(href).boundingBox();
      t.check(box && box.y > -2 && box.y < 900 && box.height > 10, `without popovers, ${role} ${width}: ${href} is not in view`);
    }
  }
}

async function n17(t) {
  const view = await t.view({ refuse: (name) => name.endsWith('.css') });
  for (const role of t.roles(['letter', 'dense'])) {
    for (const script of [false, true]) {
      const page = await t.open(role, { view, script, quiet: true, ...NARROW });
      const state = await page.evaluate(([S, TOKENS]) => {
        const shown = (e) => e.checkVisibility() && e.getBoundingClientRect().height > 0;
        return {
          styled: getComputedStyle(document.documentElement).getPropertyValue(Object.values(TOKENS)[0]) !== '',
          notes: [...document.querySelectorAll(S.item)].map((item) => [item.id, shown(item.querySelector(S.card) ?? item), item.innerText.trim().length]),
          links: [...document.querySelectorAll(S.ref)].filter((ref) => !shown(ref.querySelector(S.refLink))).map((ref) => ref.id),
          buttons: [...document.querySelectorAll('button')].filter(shown).map((b) => b.outerHTML.slice(0, 80)),
          noteButtons: [...document.querySelectorAll(`${S.ref} button, ${S.item} button`)].filter(shown).length,
        };
      }, [S, TOKENS]);
      t.check(!state.styled, `${role}: the stylesheet was not blocked`);
      for (const [id, shown, length] of state.notes) t.check(shown && length > 3, `${role}: without stylesheet ${id} cannot be read`);
      t.check(state.notes.length > 0 && state.links.length === 0, `${role}: without stylesheet the links ${state.links.join(' ')} are not shown`);
      t.check(script ? state.noteButtons === 0 : state.buttons.length === 0, `${role}, script ${script}: stray buttons ${state.buttons.slice(0, 3).join(' ')}`);
      const link = page.locator(S.ref).first().locator(S.refLink);
      await link.click();
      const href = await link.getAttribute('href');
      // With scripting on, a note already in view need not be jumped to.
      const there = await page.evaluate((href) => { const box = document.querySelector(href).getBoundingClientRect(); return location.hash === href || (box.top >= 0 && box.top < innerHeight); }, href);
      t.check(there, `${role}, script ${script}: without stylesheet the link does not work`);
    }
  }
}

async function documentOf(t, role) {
  const name = t.site.pages[role];
  const html = (await t.read(name)).toString('utf8');
  return { html, dom: new JSDOM(html, { url: `http://127.0.0.1/${name}` }) };
}
const flat = (text) => text.replace(/\s+/g, ' ').trim();

/** The longest run of plain text in a note, so that markup inside cannot hide it. */
function longestRun(node, dom) {
  const walk = dom.window.document.createTreeWalker(node, 4);
  let best = '';
  for (let text; (text = walk.nextNode());) if (text.data.length > best.length && !text.parentElement.closest(`${S.backlink}, button`)) best = text.data;
  return best.trim();
}

async function n18(t) {
  let kept = 0;
  for (const role of t.roles(['letter', 'dense', 'long'])) {
    const { dom } = await documentOf(t, role);
    const notes = [...dom.window.document.querySelectorAll(S.item)].map((item) => ({ id: item.id, text: flat(longestRun(item, dom)) }));
    const article = new Readability(dom.window.document).parse();
    if (!t.check(article, `${role}: Readability finds no article`)) continue;
    const text = flat(new JSDOM(article.content).window.document.body.textContent);
    for (const note of notes) {
      t.check(text.includes(note.text.slice(0, 200)), `${role}: the reader view loses the text of ${note.id}`);
      t.check(article.content.includes(`#${note.id}"`), `${role}: the reader view loses the link to ${note.id}`);
      kept += 1;
    }
  }
  t.check(kept > 0, 'no notes to keep');
  t.measure(`${kept} notes kept`);
}

async function n19(t) {
  for (const role of t.roles(['letter', 'dense'])) {
    for (const options of [NARROW, WIDE]) {
      const context = await t.context({ ...options, permissions: ['clipboard-read', 'clipboard-write'] });
      const page = await t.open(role, { context });
      const expected = await page.evaluate(([S, APPARATUS]) => {
        const p = [...document.querySelectorAll('main p')].find((one) => one.querySelector(S.ref) && !one.closest(S.item));
        const clone = p.cloneNode(true);
        clone.querySelectorAll(APPARATUS).forEach((one) => one.remove());
        const range = document.createRange();
        range.selectNodeContents(p);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        return clone.textContent.replace(/\s+/g, ' ').trim();
      }, [S, APPARATUS]);
      await page.evaluate(() => navigator.clipboard.writeText('nothing was copied'));
      await page.keyboard.press('Control+c');
      const got = await until(() => page.evaluate(() => navigator.clipboard.readText()), (text) => text !== 'nothing was copied');
      t.check(flat(got) === expected, `${role} ${options.viewport.width}: copied “…${flat(got).slice(-60)}”, the text is “…${expected.slice(-60)}”`);
    }
  }
}

async function n20(t) {
  let counted = 0;
  for (const role of t.roles(['letter', 'dense', 'long'])) {
    const { html, dom } = await documentOf(t, role);
    const encode = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    for (const item of dom.window.document.querySelectorAll(S.item)) {
      const run = longestRun(item, dom);
      // Words that a note shares with another, such as the title of a work, prove nothing; its whole text does.
      const shared = [...dom.window.document.querySelectorAll(S.item)].some((other) => other !== item && other.textContent.includes(run));
      const whole = dom.window.document.body.textContent.split(item.textContent).length - 1;
      const times = shared ? whole : Math.max(html.split(run).length, html.split(encode(run)).length, whole + 1) - 1;
      t.check(times === 1, `${role}: the text of ${item.id} occurs ${times} times in the page`);
      counted += 1;
    }
  }
  t.check(counted > 0, 'no notes to count');
  t.measure(`${counted} notes`);
}

async function n21(t) {
  for (const width of [1440, 900]) {
    const page = await t.open('dense', { script: false, viewport: { width, height: 900 } });
    const state = await page.evaluate((S) => {
      const holding = (what) => [...document.querySelectorAll(S.item)].filter((item) => item.querySelector(`${S.card} ${what}`)).length;
      return {
        kinds: { paragraphs: [...document.querySelectorAll(S.item)].filter((i) => i.querySelectorAll(`${S.card} > p`).length > 1).length, lists: holding('li'), quotations: holding('blockquote'), links: holding('p a:not([role])'), tables: holding('table') },
        stray: [...document.querySelectorAll(`${S.item} li, ${S.item} blockquote, ${S.item} table`)].filter((one) => getComputedStyle(one).position !== 'static' || getComputedStyle(one).anchorName?.startsWith('--')).length,
        nested: [...document.querySelectorAll(`${S.item} ${S.item}`)].length,
      };
    }, S);
    for (const [kind, count] of Object.entries(state.kinds)) t.check(count > 0, `${width}: no note of the dense page holds ${kind}`);
    t.check(state.stray === 0, `${width}: ${state.stray} parts of notes are placed like notes`);
    t.check(state.nested === 0, `${width}: a list inside a note is taken for notes`);
    t.measure(`${width}: ${JSON.stringify(state.kinds).replaceAll(/["{}]/g, '')}`);
  }
  const page = await t.open('dense', { script: false, ...NARROW });
  for (const ref of await textReferences(page)) {
    const blocks = await page.evaluate(([S, note]) => document.getElementById(note).querySelector('li, blockquote, table') !== null, [S, ref.note]);
    if (!blocks) continue;
    await opensBy(t, page, ref, 'click');
    await settle(page);
    const hidden = await page.evaluate((OPEN) => {
      const card = document.querySelector(OPEN), box = card?.getBoundingClientRect();
      return card ? [...card.querySelectorAll('li, blockquote, td')].filter((one) => { const b = one.getBoundingClientRect(); return !one.checkVisibility() || b.height === 0 || b.left < box.left - 1; }).length : 'no card';
    }, OPEN);
    t.check(hidden === 0, `${ref.note}: ${hidden} parts are not shown in the card`);
    await page.keyboard.press('Escape');
    await becomesClosed(page);
  }
}

async function n23(t) {
  const { dom } = await documentOf(t, 'letter');
  const { document } = dom.window;
  const headings = [...document.querySelectorAll('main h2, main h3')].filter((h) => h.textContent.trim() === (t.site.words?.source ?? 'Source'));
  t.check(headings.length === 1, `the letter has ${headings.length} headings “Source”`);
  t.check(headings[0] && !headings[0].closest(S.notes) && !headings[0].closest('ol'), 'the source note stands in the list of notes');
  for (const role of t.roles(['letter', 'dense'])) {
    const page = role === 'letter' ? dom : (await documentOf(t, role)).dom;
    const marks = [...page.window.document.querySelectorAll(`${S.item}[id]`)].filter((item) => /^fn\d+$/.test(item.id)).map((item) => item.querySelector(S.backlink)?.textContent.trim());
    t.check(marks.length > 0 && marks.every((mark, index) => Number(mark) === index + 1), `${role}: notes are numbered ${marks.join(' ')}`);
  }
}

const AWAY = { name: 'card placed by hand', css: (text) => text.replaceAll('position-area', 'x-area') };
const ONCE_MORE = { name: 'a note printed twice', html: (text) => text.replace(/<li class="fn[^]*?<\/li>/, (item) => item + item) };

export default [
  { id: 'N1', title: 'script off: click, Enter and Space open a note', needs: ['letter'], run: n1, mutants: [
    { name: 'buttons without target', html: (text) => text.replaceAll('popovertarget="n', 'popovertarget="x') }] },
  { id: 'N2', title: 'script off: Esc, a click outside, × and a second click close it', needs: ['letter'], run: (t) => n2n3(t, false), mutants: [
    { name: 'popover=manual', html: (text) => text.replaceAll(/ popover(?=[ >])/g, ' popover="manual"') }] },
  { id: 'N3', title: 'after Esc or × the focus is on the reference', needs: ['letter'], run: (t) => n2n3(t, true), mutants: [
    { name: 'buttons lose the focus', ...css(`${S.refButton}:not(:active){visibility:visible} body:has(:popover-open) sup.r button{display:none!important}`) }] },
  { id: 'N4', title: 'opening never scrolls', needs: ['letter'], run: n4, mutants: [
    { name: 'opening lengthens the page above', ...css('body:has(:popover-open)::before{content:"";display:block;height:400px}') }] },
  { id: 'N5', title: 'every card lies wholly in the viewport', needs: ['letter'], run: n5, mutants: [
    { name: 'card moved by 300 px', ...css(`${OPEN}{translate:300px 0!important}`) }] },
  { id: 'N6', title: 'the card touches and never covers its reference', needs: ['letter'], run: n6, mutants: [AWAY,
    { name: 'card laid over the reference', ...css(`${OPEN}{translate:0 -40px!important;margin:0!important}`) }] },
  { id: 'N7', title: 'phone: width, height, tap outside, × of 44 px', needs: ['letter'], run: n7, mutants: [
    { name: 'small ×', ...css(`${S.close}{width:20px!important;height:20px!important;min-width:0!important;min-height:0!important;padding:0!important} ${S.close}::after,${S.close}::before{display:none!important}`) },
    { name: 'narrow card', ...css(`${OPEN}{width:200px!important}`) }] },
  { id: 'N8', title: 'Tab goes into the note and on to the next thing in the text', needs: ['letter'], run: n8, mutants: [
    { name: '× skipped by Tab', html: (text) => text.replaceAll('class="x"', 'class="x" tabindex="-1"') }] },
  { id: 'N9', title: 'hover opens after 250 ms, can be entered, Esc closes, leaves after 300 ms', needs: ['letter'], run: n9, mutants: [
    { name: 'no delay', js: (text) => text.replaceAll(/\b250\b/g, '20') },
    { name: 'slow leave', js: (text) => text.replaceAll(/\b300\b/g, '20') }] },
  { id: 'N10', title: 'hover then click pins', needs: ['letter'], run: n10, mutants: [
    { name: 'script cannot swallow the click', js: (text) => text.replaceAll('preventDefault', 'toString') }] },
  { id: 'N11', title: 'two references to one note: at the one pressed, focus back to it', needs: ['dense'], run: n11, mutants: [
    { name: 'cards stay at the first reference', css: (text) => `${text}\n${OPEN}{position-anchor:var(--r)!important}`, html: (text) => text.replaceAll(/style="--r:--r(\d+);--n/g, 'style="--r:--r$1;--n') }, AWAY] },
  { id: 'N12', title: 'side notes: on the line of the reference, none overlap, none above', needs: ['letter'], run: n12, mutants: [
    { name: 'chain broken', html: (text) => text.replaceAll(/--p:--n[\w-]+/g, '--p:--nowhere') },
    { name: 'moved up one line', ...css(`@media(min-width:1100px){${S.item}{translate:0 -20px}}`) }] },
  { id: 'N13', title: 'dense page: long notes cut to 6 lines, open in the margin, near their line', needs: ['dense'], run: n13, mutants: [
    { name: 'notes not cut', html: (text) => text.replaceAll('class="fn long"', 'class="fn"') },
    { name: 'opens over the text', ...css(`@media(min-width:1100px){${OPEN}{translate:-300px 0!important}}`) }] },
  { id: 'N14', title: '#fn1 shows note 1 highlighted', needs: ['letter'], run: n14, mutants: [
    { name: 'no highlight', css: (text) => text.replaceAll(':target', ':x-target') }] },
  { id: 'N15', title: 'the number goes back to the reference, in view', needs: ['letter'], run: n15, mutants: [
    { name: 'numbers lead elsewhere', html: (text) => text.replaceAll(/(<a class="b" href="#)r/g, '$1f') }] },
  { id: 'N16', title: 'engines without anchors, without popovers', needs: ['letter'], run: n16, mutants: [
    { name: 'link hidden', ...css(`${S.ref} ${S.refLink}{display:none!important}`) },
    { name: 'card at the top', ...css(`${OPEN}{inset:0 auto auto 0!important;margin:0!important}`) }] },
  { id: 'N17', title: 'stylesheet blocked: notes, links, no stray buttons', needs: ['letter'], run: n17, mutants: [
    { name: 'notes hidden by the browser', html: (text) => text.replaceAll('style="display:block;position:static"', '') },
    { name: 'buttons not hidden', html: (text) => text.replaceAll(/ hidden(?=>)/g, '') }] },
  { id: 'N18', title: 'Readability keeps notes and references', needs: ['letter'], run: n18, mutants: [
    { name: 'notes in an aside', html: (text) => text.replaceAll(/<section class="notes"([^]*?)<\/section>/g, '<aside class="footer-notes"$1</aside>') }] },
  { id: 'N19', title: 'copying a sentence yields no note numbers', needs: ['letter'], run: n19, lock: 'clipboard', mutants: [
    { name: 'numbers selectable', html: (text) => text.replaceAll(/(aria-label="Note \d+">\d+<\/a>)/g, '$1<b style="user-select:all">7</b>') }] },
  { id: 'N20', title: 'each note text occurs once', needs: ['letter'], run: n20, mutants: [ONCE_MORE] },
  { id: 'N21', title: 'notes may hold paragraphs, lists, quotations, links', needs: ['dense'], run: n21, mutants: [
    { name: 'every list item taken for a note', ...css('.notes li{position:absolute!important}') }] },
  { id: 'N23', title: 'the source note is labelled Source and not counted', needs: ['letter'], run: n23, mutants: [
    { name: 'counted from 0', html: (text) => text.replaceAll(/(role="doc-backlink"[^>]*>)(\d+)</g, (all, tag, number) => `${tag}${number - 1}<`) }] },
];
