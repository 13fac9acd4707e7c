// Compares the page with Mermaid itself: `node bench/page.mjs DIST TEXT [--quick]`.
//
// DIST is a built page, TEXT a file that Mermaid reads too. Prints one line of JSON, as `run.mjs` does: how long the page
// takes to read, lay out and draw the text, and how many times as long Mermaid's `render` takes there.

import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { ARGUMENTS, findChromium } from '../support/chromium.mjs';
import { serve } from '../support/server.mjs';

/** The newest of the versions that are here. */
const MERMAID = '12.3';

const HERE = dirname(fileURLToPath(import.meta.url));

const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const [dist, path] = positionals;

const server = await serve({
  '/lab/': dist,
  '/bench/': HERE,
  '/mermaid/': join(HERE, `../node_modules/mermaid-${MERMAID}/dist/`),
});
const browser = await chromium.launch({ executablePath: findChromium(), args: ARGUMENTS });
try {
  const page = await browser.newPage();
  await page.goto(`${server.origin}/lab/#/draw`);
  await page.locator('html[data-ready="true"]').waitFor();
  await page.addScriptTag({ url: `${server.origin}/mermaid/mermaid.min.js` });
  await page.addScriptTag({ url: `${server.origin}/bench/page.js` });
  const text = await readFile(path, 'utf8');
  const times = await page.evaluate(([text, samples]) => window.compare(text, samples), [text, values.quick ? 5 : 40]);
  const [lab, mermaid] = [median(times.lab), median(times.mermaid)];
  console.log(JSON.stringify({ name: 'page', about: `Mermaid ${MERMAID}`, milliseconds: lab, units: mermaid / lab, bytes: 0 }));
} finally {
  await browser.close();
  await server.close();
}

function median(times) {
  const sorted = times.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
}
