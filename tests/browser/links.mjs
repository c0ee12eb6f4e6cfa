// Every link of every page of the output, read from the files: L1 resolves, L2 relative and names a file,
// L3 ids unique, L4 nothing missing that a page, stylesheet, feed or sitemap asks for.
import path from 'node:path';
import { parse } from 'parse5';

const ASSETS = new Set(['src', 'poster', 'data', 'srcset', 'imagesrcset']);
// Addresses that must be absolute by their own standard.
const ABSOLUTE_LINKS = /^(canonical|license|me|webmention)$/;

function* elements(node) {
  if (node.attrs) yield node;
  for (const child of node.childNodes ?? []) yield* elements(child);
  if (node.content) yield* elements(node.content);
}

const attribute = (element, name) => element.attrs.find((one) => one.name === name)?.value;

function targetsOf(element) {
  const found = [];
  for (const { name, value } of element.attrs) {
    if (name === 'href' || name === 'xlink:href') found.push({ name: 'href', value });
    else if (name === 'srcset' || name === 'imagesrcset') value.split(',').forEach((one) => found.push({ name, value: one.trim().split(/\s+/)[0] }));
    else if (ASSETS.has(name) || name === 'action') found.push({ name, value });
    else if (name === 'style') for (const [, url] of value.matchAll(/url\(["']?([^"')]+)/g)) found.push({ name: 'style', value: url });
  }
  if (element.tagName === 'meta' && attribute(element, 'http-equiv')?.toLowerCase() === 'refresh') {
    const url = /url\s*=\s*['"]?([^'"]+)/i.exec(attribute(element, 'content') ?? '')?.[1];
    if (url) found.push({ name: 'refresh', value: url.trim() });
  }
  return found;
}

/** All pages of the output: ids, links, places of repeated ids. Read once for a stage's rewriting. */
async function pages(t) {
  const files = await t.files();
  const result = new Map();
  for (const name of files.filter((file) => file.endsWith('.html'))) {
    const ids = new Map(), links = [];
    const tree = parse((await t.read(name)).toString('utf8'), { sourceCodeLocationInfo: true });
    for (const element of elements(tree)) {
      const line = element.sourceCodeLocation?.startLine;
      const id = attribute(element, 'id');
      if (id !== undefined) ids.set(id, [...(ids.get(id) ?? []), line]);
      for (const target of targetsOf(element)) links.push({ ...target, line, tag: element.tagName, rel: attribute(element, 'rel') ?? '' });
    }
    result.set(name, { ids, links });
  }
  return { files: new Set(files), pages: result };
}

const isScheme = (value) => /^[a-z][a-z0-9+.-]*:/i.test(value) || value.startsWith('//');

function resolve(from, value) {
  const [withoutFragment, fragment] = value.split('#', 2);
  const [pathname] = withoutFragment.split('?', 1);
  const name = pathname === '' ? from : path.posix.normalize(path.posix.join(path.posix.dirname(from), decodeURIComponent(pathname)));
  return { name, fragment: fragment === undefined || fragment === '' ? null : decodeURIComponent(fragment), pathname };
}

async function resolves(t) {
  const site = await pages(t);
  let links = 0, fragments = 0;
  for (const [from, page] of site.pages) {
    for (const link of page.links) {
      if (isScheme(link.value) || link.value.startsWith('/')) continue;
      const to = resolve(from, link.value);
      links += 1;
      if (!t.check(site.files.has(to.name), `${from}:${link.line}: ${link.value} leads to no file`)) continue;
      if (to.fragment === null || !site.pages.has(to.name)) continue;
      fragments += 1;
      t.check(site.pages.get(to.name).ids.has(to.fragment), `${from}:${link.line}: ${link.value} names no id of ${to.name}`);
    }
  }
  t.check(links > 0, 'no links');
  t.measure(`${site.pages.size} pages, ${links} links, ${fragments} fragments`);
}

async function relative(t) {
  const site = await pages(t);
  for (const [from, page] of site.pages) {
    for (const link of page.links) {
      const at = `${from}:${link.line}: <${link.tag} ${link.name}="${link.value}">`;
      if (isScheme(link.value)) {
        const outward = link.tag === 'a' && /^(https?|mailto|doi):/i.test(link.value);
        const declared = link.tag === 'link' && link.rel.split(/\s+/).some((rel) => ABSOLUTE_LINKS.test(rel));
        const inline = /^data:image\//.test(link.value);
        t.check(outward || declared || inline, `${at} asks another host`);
        continue;
      }
      // The 404 page is served at any depth, so it may name the base path.
      if (link.value.startsWith('/')) { t.check(from === '404.html', `${at} is not relative`); continue; }
      const { pathname } = resolve(from, link.value);
      if (pathname) t.check(/[^/]+\.[a-z0-9]+$/i.test(pathname), `${at} does not name a file`);
      else t.check(link.value.startsWith('#'), `${at} is empty`);
    }
  }
}

async function unique(t) {
  const site = await pages(t);
  let count = 0;
  for (const [name, page] of site.pages) {
    for (const [id, lines] of page.ids) {
      count += 1;
      t.check(lines.length === 1, `${name}: id ${id} occurs ${lines.length} times, lines ${lines.join(', ')}`);
      t.check(id !== '' && !/\s/.test(id), `${name}:${lines[0]}: id “${id}” is empty or has a space`);
    }
  }
  t.measure(`${count} ids`);
}

async function assets(t) {
  const files = await t.files();
  const have = new Set(files);
  const site = await pages(t);
  let asked = 0;
  for (const name of files.filter((file) => file.endsWith('.css'))) {
    const text = (await t.read(name)).toString('utf8').replaceAll(/\/\*[^]*?\*\//g, '');
    for (const [, url] of text.matchAll(/(?:url\(|@import\s+)["']?([^"')\s;]+)/g)) {
      if (url.startsWith('data:') || url.startsWith('#')) continue;
      asked += 1;
      t.check(!isScheme(url) && !url.startsWith('/'), `${name}: ${url} is not relative`);
      if (!isScheme(url)) t.check(have.has(resolve(name, url).name), `${name}: ${url} is missing`);
    }
  }
  for (const [from, page] of site.pages) {
    for (const link of page.links.filter((one) => ASSETS.has(one.name) || one.tag === 'link')) {
      if (isScheme(link.value) || link.value.startsWith('/')) continue;
      asked += 1;
      t.check(have.has(resolve(from, link.value).name), `${from}:${link.line}: ${link.value} is missing`);
    }
  }
  for (const name of files.filter((file) => /(^|\/)(sitemap|feed|atom|rss)[^/]*\.xml$/.test(file))) {
    const text = (await t.read(name)).toString('utf8');
    const addresses = [...text.matchAll(/<loc>([^<]+)<\/loc>|<link[^>]+href="([^"]+)"/g)].map((match) => match[1] ?? match[2]);
    const bases = t.site.url ? [t.site.url] : [];
    for (const address of addresses) {
      const base = bases.find((one) => address.startsWith(one));
      if (!base) continue;
      const file = address.slice(base.length).split('#')[0].replace(/^\//, '') || 'index.html';
      asked += 1;
      t.check(have.has(file.endsWith('/') ? `${file}index.html` : file), `${name}: ${address} is no page of the edition`);
    }
  }
  t.check(asked > 0, 'nothing was asked for');
  t.measure(`${asked} references`);
}

/** Old addresses, with scripting off: a redirect goes on by itself at any base, and names the new address; a withdrawn page says why. */
async function old(t) {
  for (const view of [await t.view({ base: '/repo/' }), await t.view({ base: '/' })]) {
    const context = await t.context({ script: false });
    const page = await context.newPage();
    for (const [from, to] of Object.entries(t.site.old ?? {})) {
      await page.goto(view.url(from), { waitUntil: 'load' });
      await page.waitForURL(view.url(to), { timeout: 10_000 }).catch(() => {});
      t.check(page.url() === view.url(to), `${from} leads to ${page.url()}, not to ${to}`);
      const html = (await t.read(from)).toString('utf8');
      t.check(html.includes(`<link rel="canonical" href="${t.site.url}${to}">`), `${from} does not name ${to} as the address`);
    }
    for (const name of t.site.withdrawn ?? []) {
      const answer = await page.goto(view.url(name), { waitUntil: 'load' });
      t.check(answer.status() === 200, `${name}: status ${answer.status()}`);
      t.check((await page.locator('main p').allInnerTexts()).join(' ').trim().length > 10, `${name} does not say why it was withdrawn`);
      t.check(await page.locator('meta[name=robots][content=noindex]').count() === 1, `${name} would be found by search engines`);
    }
  }
  t.check(t.site.old && t.site.withdrawn, 'the edition has no old addresses');
}

export default [
  { id: 'L1', title: 'every link and fragment leads to a file and an id', run: resolves, mutants: [
    { name: 'a broken fragment', html: (text) => text.replace('href="#fn1"', 'href="#fn-none"') },
    { name: 'a broken link', html: (text) => text.replaceAll(/href="([^"#:]+)\.html/g, 'href="$1.htm') }] },
  { id: 'L2', title: 'every link is relative and names a file', run: relative, mutants: [
    { name: 'links from the root', html: (text) => text.replaceAll(/href="(\.\.\/)*([\w-]+\.html)/g, 'href="/$2') },
    { name: 'links to folders', html: (text) => text.replaceAll(/href="([^":]*)index\.html"/g, 'href="$1./"') },
    { name: 'a foreign stylesheet', html: (text) => text.replace('<link rel="stylesheet"', '<link rel="stylesheet" href="https://example.org/x.css"><link rel="stylesheet"') }] },
  { id: 'L3', title: 'ids are unique', run: unique, mutants: [
    { name: 'a repeated id', html: (text) => text.replace('</main>', '<p id="p1"></p><p id="p1"></p></main>') }] },
  { id: 'L4', title: 'no reference to a missing file', run: assets, mutants: [
    { name: 'a missing picture', html: (text) => text.replace('</main>', '<img src="none.png" alt=""></main>') },
    { name: 'a missing font', css: (text) => `${text}\n@font-face{font-family:q;src:url(fonts/none.woff2)}` }] },
  { id: 'L5', title: 'old addresses lead on without script, withdrawn ones say why', run: old, mutants: [
    { name: 'a redirect that stays', html: (text) => text.replace('http-equiv="refresh"', 'name="refresh"') },
    { name: 'an empty tombstone', html: (text) => text.replace(/<p>[^<]*<\/p>/g, '') }] },
];
