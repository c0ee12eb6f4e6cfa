// Measurements taken inside a page. They work with scripting off (no callbacks, no timers in the page) and
// wait for states, never for a length of time, except where time itself is what is measured.
import { S } from './selectors.mjs';

export const OPEN = `${S.card}:popover-open`;

/** Waits until `read(page)` satisfies `holds`, or gives back the last reading after `limit` milliseconds. */
export async function until(read, holds = Boolean, limit = 5000) {
  const end = Date.now() + limit;
  for (;;) {
    const value = await read();
    if (holds(value)) return value;
    if (Date.now() > end) return value;
    await new Promise((done) => setTimeout(done, 15));
  }
}

/** Waits until no animation runs and the open card and the scroll position stand still. */
export async function settle(page) {
  let before = null;
  await until(async () => {
    const now = await page.evaluate((open) => {
      const box = document.querySelector(open)?.getBoundingClientRect();
      const running = document.getAnimations().filter((one) => one.playState === 'running').length;
      return JSON.stringify([running, scrollX, scrollY, box && [box.x, box.y, box.width, box.height]]);
    }, OPEN);
    const still = now === before && now.startsWith('[0,');
    before = now;
    return still;
  });
}

/** Waits until all fonts the page asked for are there (no callbacks, so also with scripting off). */
export const fontsReady = (page) => until(() => page.evaluate(() => document.fonts.status === 'loaded'));

export const isOpen = (page, id) => page.evaluate((id) => Boolean(document.getElementById(id)?.matches(':popover-open')), id);
export const openId = (page) => page.evaluate((open) => document.querySelector(open)?.id ?? null, OPEN);
export const becomesOpen = (page, id) => until(() => isOpen(page, id));
export const becomesClosed = async (page) => (await until(() => openId(page), (id) => id === null)) === null;

/** Every reference of the page: its id, the note it opens, its index among `sup.r`. */
export function references(page) {
  return page.evaluate((S) => [...document.querySelectorAll(S.ref)].map((ref, index) => ({
    index, id: ref.id, note: ref.querySelector(S.refButton)?.getAttribute('popovertarget') ?? null,
    inNote: Boolean(ref.closest(S.item)), long: ref.classList.contains('long'),
  })), S);
}

/** References in the text itself (those inside notes can be pressed only while that note is shown). */
export const textReferences = async (page) => (await references(page)).filter((ref) => !ref.inNote);

export const refButton = (page, index) => page.locator(S.ref).nth(index).locator(S.refButton);
export const refLink = (page, index) => page.locator(S.ref).nth(index).locator(S.refLink);

/** Scrolls an element into view and gives its middle, or null where something else would take the press. */
export const middle = (locator) => locator.evaluate((element) => {
  const box = () => element.getClientRects()[0] ?? element.getBoundingClientRect();
  if (box().top < 0 || box().bottom > innerHeight) element.scrollIntoView({ block: 'center', behavior: 'instant' });
  const { left, top, width, height } = box();
  const point = { x: left + width / 2, y: top + height / 2 };
  const hit = document.elementFromPoint(point.x, point.y);
  return hit && (element.contains(hit) || hit.contains(element) && hit.closest('sup, label') !== null) ? point : null;
});

/** A press with the mouse; false where the element cannot be reached by it. */
export async function press(page, locator) {
  const at = await middle(locator);
  if (at) await page.mouse.click(at.x, at.y);
  return at !== null;
}

/** Where the reference, its card and the viewport are now. */
export function placement(page, index) {
  return page.evaluate(([S, OPEN, index]) => {
    const box = (element) => { const r = element.getBoundingClientRect(); return { left: r.left, top: r.top, right: r.right, bottom: r.bottom, width: r.width, height: r.height }; };
    const card = document.querySelector(OPEN);
    const ref = document.querySelectorAll(S.ref)[index].querySelector(S.refButton);
    return { ref: box(ref), card: card && box(card), id: card?.id, width: document.documentElement.clientWidth, height: innerHeight, scroll: scrollY };
  }, [S, OPEN, index]);
}

export function gapBetween(a, b) {
  const dx = Math.max(0, a.left - b.right, b.left - a.right);
  const dy = Math.max(0, a.top - b.bottom, b.top - a.bottom);
  return Math.hypot(dx, dy);
}

export const overlaps = (a, b, slack = 0.5) => a.left < b.right - slack && b.left < a.right - slack && a.top < b.bottom - slack && b.top < a.bottom - slack;

/** Opens every note from the text, one after another, and says where each card stood. */
export async function sweep(page) {
  const rows = [];
  for (const ref of await textReferences(page)) {
    const at = await middle(refButton(page, ref.index));
    const before = await page.evaluate(() => scrollY);
    if (at) await page.mouse.click(at.x, at.y);
    const opened = await becomesOpen(page, ref.note);
    await settle(page);
    const place = await placement(page, ref.index);
    rows.push({ ...ref, opened, before, ...place });
    await page.keyboard.press('Escape');
    await becomesClosed(page);
  }
  return rows;
}

/** A point of the viewport where a click hits nothing that reacts, outside any open card. */
export function idlePoint(page) {
  return page.evaluate((OPEN) => {
    const card = document.querySelector(OPEN)?.getBoundingClientRect();
    for (let y = innerHeight - 8; y > 4; y -= 12) {
      for (const x of [4, document.documentElement.clientWidth - 6, document.documentElement.clientWidth / 2]) {
        if (card && x >= card.left - 4 && x <= card.right + 4 && y >= card.top - 4 && y <= card.bottom + 4) continue;
        const hit = document.elementFromPoint(x, y);
        if (hit && !hit.closest('a, button, summary, label, input, [popover], [tabindex]')) return { x, y };
      }
    }
    return null;
  }, OPEN);
}

/** What has the focus, as a short text: a reference, a control of a note, or anything else. */
export function focused(page) {
  return page.evaluate((S) => {
    const at = document.activeElement;
    const ref = at?.closest(S.ref);
    if (ref) return `ref ${ref.id}`;
    const note = at?.closest(S.card);
    if (note) return `note ${note.id}`;
    return at ? `${at.tagName.toLowerCase()} ${at.id || at.className || at.textContent.trim().slice(0, 20)}` : 'nothing';
  }, S);
}

/** First baselines and rectangles of side notes and of the lines their references stand on. */
export function sideNotes(page) {
  return page.evaluate((S) => {
    const pen = document.createElement('canvas').getContext('2d');
    const baseline = (node, offset) => {
      const range = document.createRange();
      range.setStart(node, offset); range.setEnd(node, offset + 1);
      const style = getComputedStyle(node.parentElement);
      pen.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
      const metrics = pen.measureText('x');
      const box = range.getClientRects()[0];
      if (!box) return null;
      const total = metrics.fontBoundingBoxAscent + metrics.fontBoundingBoxDescent;
      return box.top + scrollY + (box.height - total) / 2 + metrics.fontBoundingBoxAscent;
    };
    const firstText = (root, skip) => {
      const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      for (let node; (node = walk.nextNode());) {
        const offset = node.data.search(/\S/);
        if (offset >= 0 && !node.parentElement.closest(skip)) return [node, offset];
      }
      return null;
    };
    const lineBefore = (ref) => {
      const block = ref.closest('p, h1, h2, h3, h4, h5, td, th, li, dd, figcaption') ?? ref.parentElement;
      const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
      let last = null;
      for (let node; (node = walk.nextNode());) {
        if (ref.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING) break;
        if (ref.contains(node) || node.parentElement.closest(S.ref)) continue;
        const offset = node.data.trimEnd().length - 1;
        if (offset >= 0) last = [node, offset];
      }
      return last && baseline(...last);
    };
    return [...document.querySelectorAll(S.item)].map((item) => {
      const card = item.querySelector(S.card);
      const box = item.getBoundingClientRect();
      const ref = document.getElementById(item.id.replace(/^fn-?/, (f) => (f === 'fn' ? 'r' : 'r-')));
      const refBox = ref?.getBoundingClientRect();
      const text = firstText(card, `${S.backlink}, ${S.close}`);
      return {
        id: item.id, position: getComputedStyle(item).position, long: item.classList.contains('long'),
        left: box.left, right: box.right, top: box.top + scrollY, bottom: box.bottom + scrollY, width: box.width, height: box.height,
        clip: card.scrollHeight - card.clientHeight,
        baseline: text && baseline(...text), line: ref && lineBefore(ref),
        ref: refBox && { left: refBox.left, right: refBox.right, top: refBox.top + scrollY, bottom: refBox.bottom + scrollY },
        inNote: Boolean(ref?.closest(S.item)), heading: Boolean(ref?.closest('h1, h2, h3, h4')),
      };
    });
  }, S);
}

/** The right edge of the text column: of the running paragraphs. */
export const textColumn = (page) => page.evaluate(() => {
  const boxes = [...document.querySelectorAll('main p[id^="p"]')].filter((p) => !p.closest('li.fn, blockquote')).map((p) => p.getBoundingClientRect());
  return { left: Math.min(...boxes.map((b) => b.left)), right: Math.max(...boxes.map((b) => b.right)) };
});

/** Relative luminance contrast of two css colours as the browser resolves them: [r,g,b] arrays. */
export function contrast(a, b) {
  const light = ([r, g, bl]) => [r, g, bl].map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
  return (x + 0.05) / (y + 0.05);
}

/** Resolves css colours (values or var()) on the root to [r,g,b,alpha], through a canvas so that any syntax works. */
export function colours(page, values) {
  return page.evaluate((values) => {
    const probe = document.createElement('span');
    probe.style.forcedColorAdjust = 'none';
    document.body.append(probe);
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 1;
    const pen = canvas.getContext('2d', { willReadFrequently: true });
    const result = values.map((value) => {
      probe.style.color = ''; probe.style.color = value;
      pen.clearRect(0, 0, 1, 1);
      pen.fillStyle = getComputedStyle(probe).color;
      pen.fillRect(0, 0, 1, 1);
      return [...pen.getImageData(0, 0, 1, 1).data];
    });
    probe.remove();
    return result;
  }, values);
}
