// Measures the workloads of `benches/speed` in headless Chromium: `node bench/run.mjs FOLDER [--quick] [--logs FOLDER]`.
//
// FOLDER holds what `wasm-bindgen --target web` made of them. What was measured is printed as JSON, one line for each
// workload; what is going on, on standard error. `cargo xtask bench --web` calls this.

import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { ARGUMENTS, findChromium } from '../support/chromium.mjs';
import { serve } from '../support/server.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));

const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, logs: { type: 'string' } },
  allowPositionals: true,
});

/** The newest Mermaid that is here, and a text that it reads too. */
const MERMAID = '12.3';
const TEXT = join(HERE, '../../golden/mermaid/module-7-template.portable.mmd');

const server = await serve({
  '/wasm/': positionals[0],
  '/bench/': HERE,
  '/mermaid/': join(HERE, `../node_modules/mermaid-${MERMAID}/dist/`),
  '/www/': join(HERE, '../../../www/'),
});
const browser = await chromium.launch({ executablePath: findChromium(), args: ARGUMENTS });
try {
  const logs = values.logs ? await read(values.logs) : [];
  const names = await inNewPage((page) => page.evaluate((logs) => names('/wasm', logs), logs));
  for (const [at, name] of names.entries()) {
    process.stderr.write(`  ${name}\n`);
    const measured = await inNewPage((page) =>
      page.evaluate(([logs, at, quick]) => measure('/wasm', logs, at, quick), [logs, at, values.quick]),
    );
    console.log(JSON.stringify(measured));
  }
  process.stderr.write(`  drawn, and by Mermaid ${MERMAID}\n`);
  const text = await readFile(TEXT, 'utf8');
  const drawn = await inNewPage(async (page) => {
    await page.addScriptTag({ url: `${server.origin}/mermaid/mermaid.min.js` });
    for (const sheet of ['tokens', 'draw']) await page.addStyleTag({ url: `${server.origin}/www/${sheet}.css` });
    return page.evaluate(([text, quick]) => compare('/wasm', text, quick), [text, values.quick]);
  });
  console.log(JSON.stringify({ ...drawn, about: `Mermaid ${MERMAID}` }));
} finally {
  await browser.close();
  await server.close();
}

/** Each workload has a page to itself: memory that another one has left behind would help or hinder it. */
async function inNewPage(deed) {
  const page = await browser.newPage();
  try {
    await page.goto(`${server.origin}/bench/`);
    await page.waitForFunction(() => window.ready);
    return await deed(page);
  } finally {
    await page.close();
  }
}

/** The logs of a folder as pairs of name and text, in the order of their names. */
async function read(folder) {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.log')).sort();
  return Promise.all(files.map(async (name) => [parse(name).name, await readFile(join(folder, name), 'utf8')]));
}
