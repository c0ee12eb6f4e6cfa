// What one check sees: a built edition opened in a real Chromium, and a place to state findings.
// A stage opens views and contexts and closes them again; it knows nothing of what is being checked.
import path from 'node:path';
import { chromium } from 'playwright-core';
import { openView, readThrough, listFiles } from './serve.mjs';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--force-color-profile=srgb',
  // Nothing but the loopback server can be reached, so a page that needs another host shows it.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'];

export function launch(executablePath) {
  return chromium.launch({ executablePath, args: FLAGS, timeout: 120_000 });
}

export const PHONE = { viewport: { width: 390, height: 664 }, hasTouch: true, isMobile: true };

export class Stage {
  /** `site` = {name, dir, pages: {role: name}}; `mutant` = {html, css, js} applied to every body, or null. */
  constructor(browser, site, mutant = null) {
    Object.assign(this, { browser, site, mutant });
    this.failures = [];
    this.measured = [];
    this.cleanup = [];
    this.views = new Map();
  }

  check(holds, finding) {
    if (!holds) this.failures.push(finding);
    return Boolean(holds);
  }

  measure(text) {
    this.measured.push(text);
  }

  has(role) {
    return Boolean(this.site.pages[role]);
  }

  /** The roles to run over: those named that this edition has, or all of them. */
  roles(names) {
    return (names ?? Object.keys(this.site.pages)).filter((role) => this.has(role));
  }

  rewrite(own = {}) {
    const steps = [own, this.mutant ?? {}];
    const chain = (kind) => (text, name) => steps.reduce((body, step) => (step[kind] ? step[kind](body, name) : body), text);
    return { html: chain('html'), css: chain('css'), js: chain('js') };
  }

  async view(options = {}) {
    const view = await openView(this.site.dir, { ...options, rewrite: this.rewrite(options.rewrite) });
    this.cleanup.push(() => view.close());
    return view;
  }

  async plainView() {
    this.plain ??= this.view();
    return this.plain;
  }

  /** Bytes of a file of the edition as a visitor gets them. */
  async read(name) {
    return readThrough(path.resolve(this.site.dir), name, this.rewrite());
  }

  async files() {
    return listFiles(this.site.dir);
  }

  /** A context: `script: false` turns scripting off, the rest is Playwright's. Errors of its pages become findings. */
  async context({ script = true, quiet = false, ...options } = {}) {
    const context = await this.browser.newContext({ viewport: { width: 900, height: 900 }, javaScriptEnabled: script, ...options });
    context.setDefaultTimeout(30_000);
    context.setDefaultNavigationTimeout(60_000);
    this.cleanup.push(() => context.close());
    if (!quiet) {
      context.on('weberror', (error) => this.failures.push(`script error: ${error.error().message}`));
    }
    return context;
  }

  /** Opens the page of a role (with an optional #fragment) in a context, a new one by default. */
  async open(role, options = {}) {
    const { view = await this.plainView(), fragment = '', context, ...rest } = options;
    const name = this.site.pages[role];
    if (!name) throw new Error(`the edition has no page for ${role}`);
    const page = await (context ?? (await this.context(rest))).newPage();
    await page.goto(view.url(name) + fragment, { waitUntil: 'load' });
    return page;
  }

  /** Goes to the page of another role in the same tab, which is much cheaper than a new one. */
  async visit(page, role) {
    const view = await this.plainView();
    await page.goto(view.url(this.site.pages[role]), { waitUntil: 'load' });
  }

  async close() {
    for (const step of this.cleanup.reverse()) await step().catch(() => {});
  }
}
