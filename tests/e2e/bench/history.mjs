// Measures the page of histories: `node bench/history.mjs DIST [--operations N]`.
//
// DIST is a built page. Prints one line of JSON: how long a history of so many operations takes to be read, laid out and
// judged, the longest task on the way, and the times between frames while it is scrubbed (the brush of the overview is
// dragged from end to end), panned and zoomed, one change for each frame.

import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { ARGUMENTS, findChromium } from '../support/chromium.mjs';
import { drop, file, linearizable } from '../support/histories.mjs';
import { longTasks } from '../support/long-tasks.mjs';
import { serve } from '../support/server.mjs';

const { values, positionals } = parseArgs({
  options: { operations: { type: 'string', default: '10000' } },
  allowPositionals: true,
});

const server = await serve({ '/lab/': positionals[0] });
const browser = await chromium.launch({ executablePath: findChromium(), args: ARGUMENTS });
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${server.origin}/lab/#/prove/history`);
  await page.locator('.history-landing').waitFor();
  const held = await file(page, 'long.log', linearizable(Number(values.operations)));
  const tasks = await longTasks(page);
  const start = Date.now();
  await drop(page, held);
  await page.locator('.history-lanes').waitFor({ timeout: 120_000 });
  const shown = Date.now() - start;
  await page.locator('.history-verdict:not(.open)').waitFor({ timeout: 300_000 });
  const judged = Date.now() - start;
  const longest = Math.max(0, ...(await tasks()).tasks);
  const frames = {};
  for (const [name, zoom] of [['scrub', 0], ['scrub close', 6], ['zoom', 0], ['pan', 4]]) {
    await page.keyboard.press('Home');
    await page.getByRole('button', { name: 'All of it' }).click();
    for (let step = 0; step < zoom * 2; step += 1) await page.keyboard.press('+');
    await page.waitForTimeout(200);
    frames[name] = await page.evaluate(measure, name);
  }
  console.log(JSON.stringify({ name: 'history', operations: Number(values.operations), shown, judged, longest, frames }));
} finally {
  await browser.close();
  await server.close();
}

/** In the page: one change for each frame, for some 240 frames; the times between frames in milliseconds. */
async function measure(name) {
  const overview = document.querySelector('.history-overview');
  const lanes = document.querySelector('.history-lanes canvas');
  const send = (target, type, x, y = 20) => {
    const box = target.getBoundingClientRect();
    const at = { clientX: box.left + x, clientY: box.top + y, pointerId: 1, bubbles: true, composed: true };
    target.dispatchEvent(type === 'wheel' ? new WheelEvent(type, { ...at, deltaY: y }) : new PointerEvent(type, at));
  };
  const width = overview.clientWidth;
  HTMLElement.prototype.setPointerCapture = () => {};
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const target = name.startsWith('scrub') ? overview : lanes;
  if (name !== 'zoom') send(target, 'pointerdown', name === 'pan' ? width : 4);
  const times = [];
  let last = await frame();
  for (let step = 0; step < 240; step += 1) {
    const share = (step % 120) / 120;
    if (name === 'zoom') send(lanes, 'wheel', width * 0.4, step % 120 < 60 ? -24 : 24);
    else send(target, 'pointermove', name === 'pan' ? width * (1 - share) : width * share);
    const now = await frame();
    times.push(now - last);
    last = now;
  }
  if (name !== 'zoom') send(target, 'pointerup', 10);
  times.sort((a, b) => a - b);
  const at = (share) => Math.round(times[Math.floor(share * (times.length - 1))] * 10) / 10;
  return { median: at(0.5), p95: at(0.95), longest: at(1), slow: times.filter((time) => time > 20).length };
}
