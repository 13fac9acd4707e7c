// Histories: opened, read, judged, walked through.

import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './support/page.mjs';
import { drop, file, linearizable, openHistories, spoken, timeLine, verdict } from './support/histories.mjs';
import { blocked, longTasks } from './support/long-tasks.mjs';

const card = (page) => page.getByRole('region', { name: 'The selected operation' });
const example = (page, name) => page.getByRole('button', { name });

/** A stale read: after the write of 2 was acknowledged, 1 is read. */
const STALE = ['0 :invoke :write 1', '0 :ok :write 1', '0 :invoke :write 2', '0 :ok :write 2', '1 :invoke :read nil', '1 :ok :read 1', ''].join('\n');

test('an example opens with its verdict, its story and the operation that fits nowhere', async ({ lab }) => {
  const { page } = lab;
  await openHistories(lab);
  await example(page, 'A stale read').click();
  await expect(verdict(page)).toContainText('Not linearizable');
  await expect(verdict(page)).toContainText('Process 2 read 3 (line 35, returned line 36)');
  await expect(card(page)).toContainText('Fits nowhere');
  await expect(page.getByRole('region', { name: 'Its story' })).toContainText('Process 0 changes 3 to 1');
  await expect(spoken(page)).toContainText('Process 2 read 3');
  await card(page).getByRole('button', { name: '0 changed 3 to 1' }).click();
  await expect(card(page)).toContainText('Process 0 changed 3 to 1');
  await expect(card(page)).toContainText('Takes effect as number 15');
});

test('one that holds says so, and lists the order that was found', async ({ lab }) => {
  const { page } = lab;
  await openHistories(lab);
  await example(page, 'Eighteen times').click();
  await expect(verdict(page)).toContainText('Linearizable');
  await expect(verdict(page).getByRole('button')).toHaveCount(0);
  await expect(spoken(page)).toContainText('explains every answer');
  await page.getByText('The order that was found').click();
  await expect(page.locator('.history-order[open] li')).toHaveCount(12);
});

test('a file that is dropped anywhere is opened, kept over a reload, and closed', async ({ lab }) => {
  const { page } = lab;
  await openHistories(lab);
  await drop(page, await file(page, 'mine.log', STALE));
  await expect(page.getByRole('heading', { name: 'mine.log' })).toBeVisible();
  await expect(verdict(page)).toContainText('Process 1 read 1 (line 5, returned line 6)');
  await page.keyboard.press('k');
  await expect(card(page)).toContainText('Process 0 wrote 2');
  await expect.poll(() => page.evaluate(() => localStorage.getItem('partition-lab/prove/history'))).toContain('"selected":1');
  await lab.reload();
  await expect(page.getByRole('heading', { name: 'mine.log' })).toBeVisible();
  await expect(card(page)).toContainText('Process 0 wrote 2');
  await page.getByRole('button', { name: 'Open another' }).click();
  await expect(page.getByRole('heading', { name: 'Where does a history stop' })).toBeVisible();
});

test('a text that is pasted is read, and one that is broken is told with line, column and what to do', async ({ lab }) => {
  const { page } = lab;
  await openHistories(lab);
  const field = page.getByLabel('Or paste one');
  await field.fill('0 :invoke :write 1\n0 :ok :write 1\n1 :ok :read 1\n1 :oops\n');
  await page.getByRole('button', { name: 'Read it' }).click();
  const refusal = page.getByRole('alert');
  await expect(refusal).toContainText('2 problems');
  await expect(refusal).toContainText('line 3, column 1');
  await expect(refusal).toContainText('Process 1 ends a read here that it has not begun');
  await expect(refusal).toContainText('line 4');
  await field.fill('{"process":0,"type":"invoke","f":"write","value":1}\n');
  await page.getByRole('button', { name: 'Read it' }).click();
  await expect(verdict(page)).toContainText('Linearizable');
});

test('the keys move, zoom, step and go to where it stops', async ({ lab }) => {
  const { page } = lab;
  await openHistories(lab);
  await example(page, 'There and back again').click();
  await expect(verdict(page)).toContainText('Process 4 read 2');
  const range = async () => {
    await page.waitForTimeout(500); // until it is told
    return page.evaluate(() => JSON.parse(localStorage.getItem('partition-lab/prove/history')));
  };
  const whole = await range();
  await timeLine(page).focus();
  await page.keyboard.press('n');
  const close = await range();
  expect(close.to - close.from).toBeLessThan((whole.to - whole.from) / 3);
  expect(close.from).toBeLessThan(62);
  expect(close.to).toBeGreaterThan(62);
  await page.keyboard.press('ArrowRight');
  const right = await range();
  expect(right.from).toBeGreaterThan(close.from);
  expect(right.to - right.from).toBeCloseTo(close.to - close.from, 1);
  await page.keyboard.press('-');
  const out = await range();
  expect(out.to - out.from).toBeGreaterThan(right.to - right.from);
  await page.keyboard.press('Home');
  expect((await range()).from).toBeLessThan(1);
  await page.keyboard.press('End');
  expect((await range()).to).toBeCloseTo(whole.to, 1);
  const before = await spoken(page).textContent();
  await page.keyboard.press('j');
  await expect(spoken(page)).not.toHaveText(before);
});

test('the wheel zooms about the pointer, a drag moves, a click selects', async ({ lab }) => {
  const { page } = lab;
  await openHistories(lab);
  await drop(page, await file(page, 'two.log', '0 :invoke :write 1\n0 :ok :write 1\n1 :invoke :read nil\n1 :ok :read 1\n'));
  await expect(verdict(page)).toContainText('Linearizable');
  const box = await timeLine(page).boundingBox();
  await page.mouse.click(box.x + 84 + (box.width - 84) * 0.1, box.y + 74);
  await expect(card(page)).toContainText('Process 0 wrote 1');
  await page.getByRole('button', { name: 'Open another' }).click();
  await example(page, 'A stale read').click();
  await expect(verdict(page)).toContainText('Not linearizable');
  const told = async () => {
    await page.waitForTimeout(500);
    return page.evaluate(() => JSON.parse(localStorage.getItem('partition-lab/prove/history')));
  };
  const all = await told();
  await page.mouse.move(box.x + 400, box.y + 60);
  await page.mouse.wheel(0, -400);
  const zoomed = await told();
  expect(zoomed.to - zoomed.from).toBeCloseTo((all.to - all.from) / 2, 1);
  await page.mouse.down();
  await page.mouse.move(box.x + 200, box.y + 60, { steps: 4 });
  await page.mouse.up();
  expect((await told()).from).toBeGreaterThan(zoomed.from);
});

test('a hundred thousand operations are opened, judged and looked at while the page stays free', { tag: '@alone' }, async ({ lab }) => {
  test.slow();
  const { page } = lab;
  await openHistories(lab);
  const held = await file(page, 'long.log', linearizable(100_000));
  const tasks = await longTasks(page);
  await drop(page, held);
  await expect(verdict(page)).toContainText(/^Linearizable/, { timeout: 90_000 });
  expect(blocked(await tasks())).toBeLessThan(0.2);
  await expect(page.getByText('100000 operations by 10 clients')).toBeVisible();
  await page.keyboard.press('+');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('j');
  await expect(card(page)).toContainText('Takes effect as number');
  await expect
    .poll(() => page.evaluate(() => localStorage.getItem('partition-lab/prove/history')))
    .toContain('"large":100000');
  await lab.reload();
  await expect(page.getByText('too long to be kept here')).toBeVisible();
});

test('reading a long history can be stopped', async ({ lab }) => {
  const { page } = lab;
  await openHistories(lab);
  await drop(page, await file(page, 'long.log', linearizable(100_000)));
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('heading', { name: 'Where does a history stop' })).toBeVisible();
});

for (const theme of ['dark', 'light']) {
  test(`axe finds nothing to say of histories in the ${theme} theme`, async ({ lab }) => {
    const { page } = lab;
    const complaints = async () => (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes[0].html]);
    await openHistories(lab, { theme });
    expect(await complaints()).toEqual([]);
    await example(page, 'A stale read').click();
    await expect(verdict(page)).toContainText('Not linearizable');
    expect(await complaints()).toEqual([]);
  });
}

test.describe('by touch', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('on a telephone nothing is wider than the screen, and a tap selects', async ({ lab }) => {
    const { page } = lab;
    await openHistories(lab);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await example(page, 'A stale read').tap();
    await expect(verdict(page)).toContainText('Not linearizable');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await verdict(page).getByRole('button', { name: 'Show where it stops' }).tap();
    await timeLine(page).scrollIntoViewIfNeeded();
    const box = await timeLine(page).boundingBox();
    await expect(spoken(page)).toContainText('Process 2 read 3');
    // Where it stops is a third from the right: the change by process 0, in the fourth of five lanes, ends just before.
    const lane = Math.floor((box.height - 26) / 5);
    await page.touchscreen.tap(box.x + 40 + (box.width - 40) * 0.59, box.y + lane * 3.5);
    await expect(card(page)).toContainText('Process 0 changed 3 to 1');
  });
});

test('a history can be left while a frame of it is still to be drawn', async ({ lab }) => {
  const { page } = lab;
  await openHistories(lab);
  await example(page, 'A stale read').click();
  await expect(verdict(page)).toContainText('Not linearizable');
  await page.evaluate(() => {
    globalThis.dispatchEvent(new KeyboardEvent('keydown', { key: '+' }));
    globalThis.location.hash = '#/prove';
  });
  await expect(page.getByRole('heading', { name: 'What should Node B answer?' })).toBeVisible();
});
