// A loopback server for a built edition, behaving as GitHub Pages does: files under an optional base path,
// `404.html` with status 404 for anything else. A view may rewrite, delay or refuse bodies in flight, which is
// how the suite plays an engine without popovers, a slow font or a blocked stylesheet, and how it breaks pages
// on purpose to prove that a check can fail. It never writes and listens on 127.0.0.1 only.
import { createServer } from 'node:http';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8', '.json': 'application/json', '.svg': 'image/svg+xml', '.png': 'image/png',
  '.jpg': 'image/jpeg', '.webp': 'image/webp', '.ico': 'image/x-icon', '.woff2': 'font/woff2', '.xml': 'application/xml',
  '.txt': 'text/plain; charset=utf-8', '.bib': 'text/plain; charset=utf-8', '.ris': 'text/plain; charset=utf-8',
  '.md': 'text/plain; charset=utf-8', '.pdf': 'application/pdf', '.webmanifest': 'application/manifest+json',
};

/** The body of one file of the edition as a visitor of this view gets it; null where the file is missing. */
export async function readThrough(dir, name, rewrite = {}) {
  const file = path.join(dir, name);
  if (file !== dir && !file.startsWith(dir + path.sep)) return null;
  try {
    if ((await stat(file)).isDirectory()) return null;
  } catch {
    return null;
  }
  const body = await readFile(file);
  const kind = { '.html': 'html', '.css': 'css', '.js': 'js' }[path.extname(file)];
  const change = kind && rewrite[kind];
  return change ? Buffer.from(change(body.toString('utf8'), name)) : body;
}

/**
 * Opens a view. `base` is '/' or '/repo/'. `rewrite` = {html, css, js: text => text}. `delay` = {ext: milliseconds}.
 * `refuse` is a predicate over names. Resolves to {origin, url(name), seen, close}.
 */
export async function openView(dir, { base = '/', rewrite = {}, delay = {}, refuse = () => false } = {}) {
  const root = path.resolve(dir);
  const seen = [];
  const server = createServer(async (request, response) => {
    const pathname = decodeURIComponent(new URL(request.url, 'http://127.0.0.1').pathname);
    const answer = (status, type, body) => {
      seen.push({ pathname, status, bytes: body.length });
      response.writeHead(status, { 'content-type': type, 'content-length': body.length, 'cache-control': 'no-store' });
      response.end(body);
    };
    let name = pathname.startsWith(base) ? pathname.slice(base.length) : null;
    if (name !== null && (name === '' || name.endsWith('/'))) name += 'index.html';
    const extension = name === null ? '' : path.extname(name);
    if (name !== null && refuse(name)) return request.socket.destroy();
    if (delay[extension]) await new Promise((done) => setTimeout(done, delay[extension]));
    const body = name === null ? null : await readThrough(root, name, rewrite);
    if (body) return answer(200, TYPES[extension] ?? 'application/octet-stream', body);
    const missing = await readThrough(root, '404.html', rewrite);
    return answer(404, TYPES['.html'], missing ?? Buffer.from('not found'));
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    seen,
    url: (name) => origin + base + name,
    close: () => new Promise((done) => { server.close(done); server.closeAllConnections(); }),
  };
}

/** Names of all files below `dir`, with forward slashes, sorted. */
export async function listFiles(dir, below = '') {
  const { readdir } = await import('node:fs/promises');
  const names = [];
  for (const entry of await readdir(path.join(dir, below), { withFileTypes: true })) {
    const name = below ? `${below}/${entry.name}` : entry.name;
    if (entry.isDirectory()) names.push(...(await listFiles(dir, name)));
    else names.push(name);
  }
  return names.sort();
}
