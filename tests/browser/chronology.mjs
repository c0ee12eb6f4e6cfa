// The chronology: charts, rows, filters, anchors, dates, the ruler of a document (acceptance T1 to T8; T9 is in Rust, over 10,000 documents).
// Everything is asked with scripting off, since nothing here may need it.
import { gzipSync } from 'node:zlib';
import { T } from './selectors.mjs';
import { until, fontsReady } from './measure.mjs';

const css = (text) => ({ css: (body) => `${body}\n${text}` });
const html = (from, to) => ({ html: (body) => body.replaceAll(from, to) });
const SILENT = { script: false };

/** Charts, years, months and rows of the page as they are, shown or not. */
const read = (page) => page.evaluate((T) => {
  const shown = (element) => { for (let one = element; one; one = one.parentElement) if (getComputedStyle(one).display === 'none') return false; return true; };
  const classes = (element) => [...element.classList];
  return {
    charts: [...document.querySelectorAll(T.chart)].map((chart) => ({
      text: chart.textContent.replace(/\s+/g, ' ').trim(), count: Number(chart.querySelector('i')?.textContent ?? 0), href: chart.querySelector('a')?.getAttribute('href') ?? null,
      hidden: chart.querySelector('svg')?.getAttribute('aria-hidden') === 'true', opacity: Number(getComputedStyle(chart).opacity),
      paths: [...chart.querySelectorAll('path')].map((path) => ({ kind: classes(path)[0], d: path.getAttribute('d'), opacity: Number(getComputedStyle(path).opacity) })),
      size: Math.min(...[...chart.querySelectorAll('b, i')].map((one) => parseFloat(getComputedStyle(one).fontSize))),
      box: (({ left, top, right }) => ({ left, top, right }))(chart.getBoundingClientRect()),
    })),
    years: [...document.querySelectorAll(T.year)].map((year) => ({
      id: year.querySelector('h2').id, name: year.querySelector('h2 b').textContent, count: year.querySelector('h2 i')?.textContent ?? '', shown: shown(year),
      months: [...year.querySelectorAll(T.month)].map((month) => ({
        id: month.querySelector('h3')?.id ?? null, shown: shown(month),
        rows: [...month.querySelectorAll(T.row)].map((row) => ({
          classes: classes(row), shown: shown(row), title: row.querySelector('a').textContent, kind: row.querySelector('i').textContent,
          date: row.querySelector(T.when)?.textContent ?? '', datetime: row.querySelector('time')?.getAttribute('datetime') ?? null,
          doubtful: row.querySelector('.u') !== null, remark: row.querySelector('small')?.textContent ?? '',
        })),
      })),
    })),
    groups: [...document.querySelectorAll(T.filters)].map((group) => ({
      legend: group.querySelector('legend').textContent,
      choices: [...group.querySelectorAll('label')].map((label) => ({ class: classes(label)[0] ?? null, name: label.textContent.trim(), count: Number(label.querySelector('i')?.textContent ?? NaN) })),
    })),
  };
}, T);

const rowsOf = (state) => state.years.flatMap((year) => year.months.flatMap((month) => month.rows));

async function t1(t) {
  const page = await t.open('chronology', SILENT);
  const state = await read(page);
  if (!t.check(state.charts.length > 0, 'there are no charts')) return;
  const list = await page.evaluate((T) => { const one = document.querySelector(T.chart).parentElement; return { tag: one.tagName, nav: one.closest('nav')?.getAttribute('aria-label') ?? null }; }, T);
  t.check(list.tag === 'OL' && list.nav, `the charts stand in ${list.tag}, in navigation named ${list.nav}`);
  let bars = 0;
  for (const chart of state.charts) {
    const year = state.years.find((one) => chart.href === `#${one.id}`);
    if (!t.check(year, `${chart.text}: ${chart.href} is no heading of this page`)) continue;
    t.check(chart.text.startsWith(year.name), `the chart of ${year.name} says “${chart.text}”`);
    const documents = year.months.flatMap((month) => month.rows).filter((row) => row.classes.some((one) => /^k[1-6]$/.test(one)) && !row.remark.includes(' in “'));
    t.check(chart.count <= documents.length && year.count.startsWith(chart.count > 0 ? `${chart.count} ` : ''), `${year.name}: the chart counts ${chart.count}, its heading says “${year.count}”, the rows are ${documents.length}`);
    t.check(chart.hidden, `${year.name}: the drawing is read aloud`);
    // One bar for each month and kind that has rows with a known month.
    const wanted = new Set(year.months.filter((month) => /-(0\d|1[0-2])$/.test(month.id ?? '')).flatMap((month) => month.rows.filter((row) => /^k[1-6]$/.test(row.classes[0])).map((row) => `${row.classes[0]} ${Number(month.id.slice(-2)) - 1}`)));
    const drawn = new Set(chart.paths.flatMap((path) => [...path.d.matchAll(/M(\d+) /g)].map(([, x]) => `${path.kind} ${Number(x) / 8}`)));
    t.check([...drawn].every((bar) => wanted.has(bar)) && [...wanted].length >= drawn.size && drawn.size > 0 === wanted.size > 0, `${year.name}: bars ${[...drawn]}, rows ${[...wanted]}`);
    bars += drawn.size;
  }
  t.check(state.charts.length === state.years.filter((year) => /^y-?\d+$/.test(year.id)).length, `${state.charts.length} charts for ${state.years.length} years`);
  t.check(bars > 0, 'no chart has a bar');
  t.measure(`${state.charts.length} charts, ${bars} bars`);
}

async function t2(t) {
  const page = await t.open('chronology', { ...SILENT, viewport: { width: 390, height: 844 } });
  await fontsReady(page);
  const { charts } = await read(page);
  for (const chart of charts) {
    t.check(chart.size >= 15, `${chart.text}: its words are ${chart.size} px`);
    t.check(chart.box.left >= 0 && chart.box.right <= 390, `${chart.text} leaves the screen`);
  }
  const rows = new Set(charts.map((chart) => Math.round(chart.box.top)));
  t.check(rows.size === Math.ceil(charts.length / 3), `${charts.length} charts stand in ${rows.size} rows, not three a row`);
  t.measure(`${charts.length} charts in ${rows.size} rows, ${Math.min(...charts.map((chart) => chart.size))} px`);
}

/** Chooses one of each group (null: everything) and checks what is left. */
async function choose(t, page, chosen) {
  for (const [at, choice] of chosen.entries()) {
    await page.locator(T.filters).nth(at).locator(choice ? `label.${choice}` : 'label').first().click();
  }
  const wanted = chosen.filter(Boolean);
  const name = wanted.join(' and ') || 'everything';
  const matches = (classes) => wanted.every((one) => classes.includes(one));
  const holds = (state) => rowsOf(state).every((row) => row.shown === matches(row.classes));
  const state = await until(() => read(page), holds);
  const rows = rowsOf(state);
  t.check(holds(state), `${name}: ${rows.filter((row) => row.shown && !matches(row.classes)).length} rows stay, ${rows.filter((row) => !row.shown && matches(row.classes)).length} are lost`);
  for (const year of state.years) {
    for (const month of year.months) {
      const left = month.rows.some((row) => matches(row.classes));
      t.check(month.shown === left, `${name}: ${month.id ?? year.id} is ${month.shown ? 'shown' : 'hidden'} with ${left ? 'rows' : 'no row'}`);
    }
    const left = year.months.some((month) => month.rows.some((row) => matches(row.classes)));
    t.check(year.shown === left, `${name}: ${year.name} is ${year.shown ? 'shown' : 'hidden'} with ${left ? 'rows' : 'no row'}`);
  }
  return { state, count: rows.filter((row) => matches(row.classes)).length, matches };
}

async function t3(t) {
  const page = await t.open('chronology', SILENT);
  const { groups } = await read(page);
  if (!t.check(groups.length > 0, 'nothing can be chosen')) return;
  const all = rowsOf(await read(page)).length;
  t.check(groups[0].choices[0].count === all, `everything counts ${groups[0].choices[0].count}, there are ${all} rows`);
  let tried = 0;
  const nothing = groups.map(() => null);
  for (const [at, group] of groups.entries()) {
    for (const choice of group.choices.slice(1)) {
      const { state, count } = await choose(t, page, nothing.with(at, choice.class));
      t.check(choice.count === count, `“${choice.name}” shows ${count} rows`);
      for (const chart of state.charts) {
        const year = state.years.find((one) => chart.href === `#${one.id}`);
        t.check((chart.opacity === 1) === (year?.shown ?? false), `“${choice.name}”: the chart ${chart.text} has opacity ${chart.opacity}`);
        if (/^k[1-6]$/.test(choice.class)) for (const path of chart.paths) t.check((path.opacity === 1) === (path.kind === choice.class), `“${choice.name}”: the bars ${path.kind} have opacity ${path.opacity}`);
      }
      tried += 1;
    }
  }
  // Choices of several groups hold together.
  const few = (at) => groups[at]?.choices.slice(1, 4).map((choice) => choice.class) ?? [];
  const sets = [];
  for (const one of few(0)) for (const two of few(1)) sets.push([one, two, null], ...few(2).map((three) => [one, two, three]));
  for (const two of few(1)) for (const three of few(2)) sets.push([null, two, three]);
  for (const set of sets) {
    const { count } = await choose(t, page, set.slice(0, groups.length));
    const none = await page.locator(T.none).isVisible();
    t.check(none === (count === 0), `${set.filter(Boolean).join(' and ')}: ${count} rows, and ${none ? 'it says' : 'nothing says'} that there are none`);
    tried += 1;
  }
  await choose(t, page, nothing);
  t.measure(`${tried} choices over ${all} rows`);
}

async function t4(t) {
  const first = await t.open('chronology', SILENT);
  const { years } = await read(first);
  for (const year of [years[0], years[Math.floor(years.length / 2)], years.at(-1)]) {
    const page = await t.open('chronology', { ...SILENT, fragment: `#${year.id}` });
    await fontsReady(page);
    const at = await until(() => page.evaluate((id) => {
      const end = Math.ceil(scrollY + innerHeight) >= document.documentElement.scrollHeight - 1;
      return { top: document.getElementById(id).getBoundingClientRect().top, end, height: innerHeight };
    }, year.id), ({ top, end, height }) => top >= 0 && (top <= 100 || end && top < height));
    t.check(at.top >= 0 && (at.top <= 100 || (at.end && at.top < at.height)), `#${year.id} lands with its heading at ${Math.round(at.top)} px`);
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(([T, id]) => {
      const link = document.getElementById(id).closest(T.year).querySelector(`${T.row} a`);
      return { is: document.activeElement === link, what: document.activeElement?.textContent.slice(0, 40) };
    }, [T, year.id]);
    t.check(focused.is, `after #${year.id} the next Tab is on “${focused.what}”`);
    await page.context().close();
  }
}

async function t5(t) {
  const page = await t.open('chronology', SILENT);
  const state = await read(page);
  const doubtful = rowsOf(state).filter((row) => row.doubtful);
  for (const row of doubtful) {
    t.check(row.remark !== '', `“${row.title}”: nothing says why ${row.date || 'its date'} is doubtful`);
    const supplied = /\b(supplied|uncertain)\b/.test(row.remark) && /\d/.test(row.date);
    if (supplied) t.check(/^\[.*\]$/.test(row.date), `“${row.title}”: ${row.date} is supplied or uncertain and not in brackets`);
  }
  const undated = state.years.filter((year) => year.id === 'undated');
  const last = state.years.at(-1);
  if (undated.length > 0) {
    const [section] = undated;
    const rows = section.months.flatMap((month) => month.rows);
    t.check(last.id === 'undated', `after the undated documents comes ${last.name}`);
    t.check(Number(section.count) === rows.length, `the undated count ${section.count}, there are ${rows.length}`);
    t.check(rows.every((row) => row.datetime === null), 'an undated document has a date');
    t.measure(`${rows.length} undated`);
  }
  t.measure(`${doubtful.length} doubtful`);
}

async function t6(t) {
  const page = await t.open('chronology', SILENT);
  const state = await read(page);
  let both = 0, times = 0;
  for (const year of state.years.filter((one) => one.id !== 'undated')) {
    for (const month of year.months) {
      let before = '';
      for (const row of month.rows) {
        times += Number(row.datetime !== null);
        // Only a date with an open end, or of two years, has no machine's form: any would be falsely precise.
        t.check(row.datetime !== null || row.doubtful, `“${row.title}”, ${row.date}: no <time datetime>`);
        if (row.datetime) t.check(year.name.startsWith(row.datetime.slice(0, 4)) || row.datetime.length === 4, `“${row.title}”: ${row.datetime} stands under ${year.name}`);
        if (row.datetime?.length === 10 && !row.doubtful) {
          t.check(before <= row.datetime, `“${row.title}”: ${row.datetime} stands after ${before}`);
          before = row.datetime;
        }
        if (/Old Style/.test(row.remark)) {
          both += 1;
          t.check(/\d.*Old Style.*\d.*New Style/s.test(row.remark), `“${row.title}”: “${row.remark}” does not give both styles`);
        }
      }
    }
  }
  t.check(times > 0, 'no row has a <time>');
  t.measure(`${times} times, ${both} in both styles`);
}

async function t7(t) {
  const index = await read(await t.open('chronology', SILENT));
  let rulers = 0;
  for (const role of t.roles(['letter', 'dense', 'plain', 'memorandum', 'diary'])) {
    const page = await t.open(role, SILENT);
    const ruler = await page.evaluate((T) => {
      const nav = document.querySelector(T.ruler);
      return nav && {
        name: nav.getAttribute('aria-label'), years: nav.classList.contains('years'), year: nav.querySelector('a')?.textContent.trim(), href: nav.querySelector('a')?.getAttribute('href'),
        ticks: (nav.querySelector('path:not(.here)')?.getAttribute('d') ?? '').split('M').filter(Boolean), here: nav.querySelector('path.here')?.getAttribute('d') ?? null,
      };
    }, T);
    if (!t.check(ruler, `${role}: no ruler`)) continue;
    const year = index.years.find((one) => one.name === ruler.year);
    if (!t.check(year, `${role}: its year ${ruler.year} is not in the chronology`)) continue;
    t.check(ruler.href?.endsWith(`chronology.html#${year.id}`), `${role}: the year leads to ${ruler.href}`);
    t.check(ruler.name?.includes(ruler.year), `${role}: the ruler is named “${ruler.name}”`);
    // The only document of its year stands among all of the edition.
    const shown = ruler.years ? index.years : [year];
    t.check(!ruler.years || /, 1 \p{L}/u.test(ruler.name), `${role}: a ruler of years, but “${ruler.name}”`);
    const days = new Set(shown.flatMap((one) => one.months).flatMap((month) => month.rows).filter((row) => /^k[1-6]$/.test(row.classes[0]) && row.datetime?.length === 10).map((row) => row.datetime));
    t.check(ruler.ticks.length > 0 === days.size > 0 && ruler.ticks.length <= days.size + 12, `${role}: ${ruler.ticks.length} ticks for ${days.size} days`);
    // A line along several days is no tick.
    if (ruler.here && !ruler.here.includes('h')) t.check(ruler.ticks.includes(ruler.here.slice(1)), `${role}: the mark of this document is no tick`);
    const exact = await page.evaluate(() => document.querySelector('.kicker time')?.getAttribute('datetime')?.length === 10);
    t.check(!exact || ruler.here, `${role}: this document is not marked`);
    const near = await page.evaluate(() => [...document.querySelectorAll('a[rel="prev"], a[rel="next"]')].map((one) => ({ rel: one.rel, href: one.href })));
    t.check(near.length > 0, `${role}: no neighbour in time`);
    for (const one of near) {
      await page.goto(one.href);
      const back = await page.evaluate((rel) => document.querySelector(`a[rel="${rel}"]`)?.href ?? null, one.rel === 'next' ? 'prev' : 'next');
      t.check(back?.endsWith(t.site.pages[role]), `${role}: its ${one.rel} leads to a document whose neighbour is ${back}`);
    }
    rulers += 1;
  }
  t.measure(`${rulers} rulers`);
}

async function t8(t) {
  const body = await t.read(t.site.pages.chronology);
  const rows = rowsOf(await read(await t.open('chronology', SILENT))).length;
  const packed = gzipSync(body, { level: 9 }).length;
  // Entries of a few words; things mentioned bring a line of text each.
  const allowed = Math.max(10 * 1024, rows * 40);
  t.check(packed <= allowed, `${rows} rows weigh ${packed} bytes, ${allowed} allowed`);
  t.check(body.length <= 300_000, `the page weighs ${body.length} bytes`);
  t.measure(`${rows} rows, ${(packed / 1024).toFixed(1)} KB packed`);
}

export default [
  { id: 'T1', title: 'one small chart a year, bars by month and kind, a link in a list with year and count', needs: ['chronology'], run: t1, mutants: [
    { name: 'a chart without its link', html: (body) => body.replace(/(<li class="[^"]*">)<a href="#y[^"]*">/, '$1<a>') },
    { name: 'bars of a month that has no row', html: (body) => body.replace(/(<path class="k1" d=")/, '$1M88 0h7v60h-7z') },
    { name: 'a drawing read aloud', ...html('aria-hidden="true"><path class="k', '><path class="k') }] },
  { id: 'T2', title: 'charts wrap at 390 px, their words stay at 15 px', needs: ['chronology'], run: t2, mutants: [
    { name: 'words of 12 px', ...css('.charts{font-size:12px!important}') },
    { name: 'charts that do not wrap', ...css('.charts{display:flex!important}.charts li{flex:0 0 6rem}') }] },
  { id: 'T3', title: 'choices of kind, person and certainty hold together; counts; empty months vanish; charts turn pale', needs: ['chronology'], run: t3, weight: 3, mutants: [
    { name: 'choices that do nothing', html: (body) => body.replace(/<style>[^]*?<\/style>/, '') },
    { name: 'months that stay', html: (body) => body.replaceAll(/:is\(\.mo,\.yr\)/g, '.yr') },
    { name: 'combinations forgotten', html: (body) => body.replaceAll(/^body(:is\(|(:has\([^)]*\)){2,}).*$/gm, '') },
    { name: 'charts that stay', html: (body) => body.replaceAll('{opacity:.16}', '{}') },
    { name: 'a wrong count', html: (body) => body.replace(/(<label class="k1">.*?<i>)\d+/, '$199999') }] },
  { id: 'T4', title: 'a year’s address lands on its heading, the next Tab on its first document', needs: ['chronology'], run: t4, mutants: [
    { name: 'a link before the rows', html: (body) => body.replaceAll(/(<h2 id="y[^>]*>)/g, '$1<a href="#main">up</a>') },
    { name: 'headings far down', ...css('.yr h2{scroll-margin-top:300px!important}') }] },
  { id: 'T5', title: 'doubtful dates in brackets with the reason; undated documents last and counted', needs: ['chronology'], run: t5, mutants: [
    { name: 'no reasons', html: (body) => body.replaceAll(/<small>[^]*?<\/small>/g, '') }] },
  { id: 'T6', title: 'a time in every row; both styles of Old Style dates, in the order of the New', needs: ['chronology'], run: t6, mutants: [
    { name: 'rows without a time', html: (body) => body.replaceAll(/ datetime="[^"]*"/g, '') },
    { name: 'days of another year', html: (body) => body.replace(/datetime="\d{4}(-\d\d-\d\d)"/g, 'datetime="1000$1"') }] },
  { id: 'T7', title: 'the ruler of a document’s year, its tick, its link; neighbours in time', needs: ['letter', 'chronology'], run: t7, mutants: [
    { name: 'no mark', html: (body) => body.replaceAll(/<path class="here"[^>]*>/g, '') },
    { name: 'a ruler that leads nowhere', html: (body) => body.replaceAll(/chronology\.html#y/g, 'chronology.html#z') },
    { name: 'no neighbours', html: (body) => body.replaceAll(/ rel="(prev|next)"/g, '') }] },
  { id: 'T8', title: 'the chronology stays light', needs: ['chronology'], run: t8, mutants: [
    { name: 'a heavy page', html: (body) => body.replace('</main>', `<p hidden>${Array.from({ length: 4000 }, (_, i) => (i * 7919 % 100003).toString(36)).join(' ')}</p></main>`) }] },
];
