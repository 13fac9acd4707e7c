// Measures an exploration in the page “Beat the theorem”: `node bench/game.mjs DIST [--states N]`.
//
// DIST is a built page. The largest attempt that the page offers is searched until so many different states are known. Prints one
// line of JSON: how long that takes, the longest task on the way (0: none over 50 ms), and the longest time between two frames.

import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { ARGUMENTS, findChromium } from '../support/chromium.mjs';
import { largest, met } from '../support/game.mjs';
import { longTasks } from '../support/long-tasks.mjs';
import { serve } from '../support/server.mjs';

const { values, positionals } = parseArgs({
  options: { states: { type: 'string', default: '1000000' } },
  allowPositionals: true,
});
const states = Number(values.states);

const server = await serve({ '/lab/': positionals[0] });
const browser = await chromium.launch({ executablePath: findChromium(), args: ARGUMENTS });
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${server.origin}/lab/#/prove/beat`);
  await largest(page);
  const tasks = await longTasks(page);
  await page.evaluate(() => {
    globalThis.slowest = 0;
    let last = performance.now();
    requestAnimationFrame(function frame(now) {
      globalThis.slowest = Math.max(globalThis.slowest, now - last);
      last = now;
      requestAnimationFrame(frame);
    });
  });
  const start = Date.now();
  await page.locator('.compose-act .try').click();
  let known = 0;
  while (known < states) {
    await page.waitForTimeout(50);
    known = await met(page);
  }
  const milliseconds = Date.now() - start;
  const frame = Math.round(await page.evaluate(() => globalThis.slowest));
  const longest = Math.max(0, ...(await tasks()).tasks);
  console.log(JSON.stringify({ name: 'game', states: known, milliseconds, longest, frame }));
} finally {
  await browser.close();
  await server.close();
}
