#!/usr/bin/env node
// Pictures of every page kind, for looking and not for asserting:
//   node shots.mjs --editions FILE --into FOLDER [--site NAME] [--roles letter,dense] [--full]
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { launch, Stage } from './stage.mjs';
import { becomesOpen, settle, textReferences, refButton, fontsReady } from './measure.mjs';

const { values: options } = parseArgs({ options: {
  editions: { type: 'string' }, into: { type: 'string' }, site: { type: 'string' }, roles: { type: 'string' }, browser: { type: 'string' }, full: { type: 'boolean' },
} });
if (!options.editions || !options.into) {
  console.error('usage: node shots.mjs --editions FILE --into FOLDER [--site NAME] [--roles letter,dense] [--full]');
  process.exit(2);
}
const base = path.dirname(path.resolve(options.editions));
const sites = JSON.parse(await readFile(options.editions, 'utf8')).editions.filter((one) => !options.site || one.name === options.site);
await mkdir(options.into, { recursive: true });
const browser = await launch(options.browser ?? process.env.IBID_CHROMIUM ?? '/usr/bin/chromium');
for (const site of sites) {
  const stage = new Stage(browser, { ...site, dir: path.resolve(base, site.dir) });
  for (const role of stage.roles(options.roles?.split(','))) {
    for (const width of [1440, 834, 390]) {
      for (const colorScheme of ['light', 'dark']) {
        const page = await stage.open(role, { viewport: { width, height: 900 }, colorScheme, reducedMotion: 'reduce' });
        await fontsReady(page);
        const file = (state) => path.join(options.into, `${site.name}-${role}-${width}-${colorScheme}${state}.png`);
        await page.screenshot({ path: file(''), fullPage: options.full ?? false });
        const ref = (await textReferences(page)).find((one) => width < 1100 || one.long);
        if (ref) {
          const button = refButton(page, ref.index);
          await button.scrollIntoViewIfNeeded();
          await button.click();
          await becomesOpen(page, ref.note);
          await settle(page);
          await page.screenshot({ path: file('-open') });
        }
        await page.context().close();
      }
    }
  }
  await stage.close();
}
await browser.close();
