// Histories: opened, read, judged, walked through.

import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './support/page.mjs';
import { drop, file, frames, linearizable, openHistories, spoken, timeLine, verdict } from './support/histories.mjs';
import { blocked, longTasks } from './support/long-tasks.mjs';

const kept = (page) => page.evaluate(() => localStorage.getItem('partition-lab/prove/history') ?? '');

/** What the page tells, as it is kept, once it tells anything but what it told before. */
async function keptAfter(page, before) {
  await expect.poll(() => kept(page)).not.toBe(before);
  return kept(page);
}

const landed = (page) => page.getByRole('heading', { name: 'Where does a history stop' });
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
  let told = await keptAfter(page, '');
  const range = async () => {
    told = await keptAfter(page, told);
    return JSON.parse(told);
  };
  const whole = JSON.parse(told);
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
  await expect.poll(() => kept(page)).toContain('"example"'); // and no longer the file
  let last = await kept(page);
  const all = JSON.parse(last);
  const told = async () => {
    last = await keptAfter(page, last);
    return JSON.parse(last);
  };
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
  expect(blocked(await tasks())).toBeLessThan(0.5); // in one piece it would be nearly 1
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
  const held = await file(page, 'long.log', linearizable(100_000));
  await page.evaluate(() => {
    // From within: by the time a test has seen that it reads, it may have read.
    const watch = new MutationObserver(() => {
      const status = document.querySelector('.history-wait [role="status"]');
      if (!status?.textContent.startsWith('Reading')) return;
      watch.disconnect();
      document.documentElement.dataset.cancelled = status.textContent;
      document.querySelector('.history-wait button').click();
    });
    watch.observe(document.querySelector('.history'), { childList: true, subtree: true, characterData: true });
  });
  await drop(page, held);
  await expect(page.locator('html')).toHaveAttribute('data-cancelled', /^Reading long\.log/);
  await expect(page.getByRole('heading', { name: 'Where does a history stop' })).toBeVisible();
  await frames(page, 30);
  await expect(page.getByRole('heading', { name: 'Where does a history stop' })).toBeVisible();
  await expect(verdict(page)).toHaveCount(0);
});

test('a file that is no longer wanted is read no further', async ({ lab }) => {
  const { page } = lab;
  await page.addInitScript(() => {
    globalThis.pieces = 0;
    const { slice } = Blob.prototype;
    Blob.prototype.slice = function counted(...range) {
      globalThis.pieces += 1;
      // Whoever cancels does so while it is being read: here at the third piece.
      if (globalThis.pieces === 3) document.querySelector('.history-wait button').click();
      return slice.apply(this, range);
    };
  });
  await openHistories(lab);
  await drop(page, await file(page, 'long.log', 'x'.repeat(20_000_000)));
  await expect.poll(() => page.evaluate(() => globalThis.pieces)).toBeGreaterThan(2);
  await expect(landed(page)).toBeVisible();
  await frames(page, 60);
  expect(await page.evaluate(() => globalThis.pieces)).toBeLessThan(6); // of 77
});

test('of very many problems it is said that there are many, and what they quote is set apart', async ({ lab }) => {
  const { page } = lab;
  await openHistories(lab);
  await drop(page, await file(page, 'other.log', '0 :oops :read nil\n'.repeat(1_500)));
  await expect(page.getByRole('alert')).toContainText('At least 1000 problems keep it from being judged.');
  await expect(page.getByRole('alert')).toContainText('And many more.');
  await expect(page.getByRole('alert').locator('code').first()).toHaveText(':oops');
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

  test('two fingers zoom, and the one that stays moves on', async ({ lab }) => {
    const { page } = lab;
    await openHistories(lab);
    await example(page, 'A stale read').tap();
    await expect(verdict(page)).toContainText('Not linearizable');
    await timeLine(page).scrollIntoViewIfNeeded();
    await expect.poll(() => kept(page)).toContain('"from"');
    const devtools = await page.context().newCDPSession(page);
    const box = await timeLine(page).boundingBox();
    const y = box.y + box.height / 2;
    const touch = (type, ...xs) => devtools.send('Input.dispatchTouchEvent', { type, touchPoints: xs.map(([id, x]) => ({ id, x: box.x + x, y })) });
    let last = await kept(page);
    const told = async () => JSON.parse((last = await keptAfter(page, last)));
    const all = JSON.parse(last);
    await touch('touchStart', [0, 140]);
    await touch('touchStart', [0, 140], [1, 220]);
    for (const apart of [0, 10, 20, 30, 40]) await touch('touchMove', [0, 140 - apart], [1, 220 + apart]);
    const zoomed = await told();
    expect(zoomed.to - zoomed.from).toBeLessThan((all.to - all.from) * 0.7);
    await touch('touchEnd', [0, 100]); // the first is lifted
    for (const x of [240, 220, 200, 180]) await touch('touchMove', [1, x]);
    const moved = await told();
    expect(moved.to - moved.from).toBeCloseTo(zoomed.to - zoomed.from, 1);
    expect(moved.from).toBeGreaterThan(zoomed.from);
    await touch('touchEnd');
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
  await frames(page, 2); // a panic of the frame that was outstanding would come now
});

const field = (page) => page.getByLabel('Or paste one');
const readIt = (page) => page.getByRole('button', { name: 'Read it' });

test('a pasted text that is refused stays in its field, with the caret at the first fault', async ({ lab }) => {
  const { page } = lab;
  await openHistories(lab);
  const good = '0 :invoke :write 1\n0 :ok :write 1\n'.repeat(40);
  const text = `${good}INFO ünd 😀 1 :ok :read 1\n${good}1 :oops\n`;
  await field(page).fill(text);
  await readIt(page).click();
  await expect(page.getByRole('alert')).toContainText('2 problems');
  await expect(page.getByRole('alert')).toContainText('line 81, column 12');
  await expect(field(page)).toHaveValue(text);
  await expect(field(page)).toBeFocused();
  await expect(field(page)).toBeInViewport();
  await expect(readIt(page)).toBeEnabled();
  const caret = () => field(page).evaluate((it) => [it.selectionStart, it.selectionEnd]);
  expect(await caret()).toEqual([text.indexOf('1 :ok :read 1'), text.indexOf('1 :ok :read 1')]);
  expect(await field(page).evaluate((it) => it.scrollTop)).toBeGreaterThan(200);
  // What is mended there is read.
  for (let letter = 0; letter < '1 :ok :read 1'.length; letter += 1) await page.keyboard.press('Delete');
  await field(page).evaluate((it) => it.setSelectionRange(it.value.length - 8, it.value.length));
  await page.keyboard.press('Delete');
  await readIt(page).click();
  await expect(verdict(page)).toContainText('Linearizable');
});

test('a long pasted text is read at once, and is in the field if it is refused', async ({ lab }) => {
  const { page } = lab;
  await openHistories(lab);
  const text = `${'0 :invoke :write 1\n0 :ok :write 1\n'.repeat(700)}0 :ok :write 1`;
  await field(page).focus();
  await field(page).evaluate((it, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    it.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
  await expect(page.getByRole('alert')).toContainText('line 1401, column 1');
  await expect(field(page)).toHaveValue(text);
  await expect(field(page)).toBeFocused();
});

test('what is typed into the field outlasts a look at another page, until it has been opened', async ({ lab }) => {
  const { page } = lab;
  await openHistories(lab);
  const text = '0 :invoke :write 1\n0 :ok :write 1'; // its end is the end: no line feed is asked for
  await field(page).fill(text);
  await page.getByRole('link', { name: 'Beyond it' }).click();
  await expect(landed(page)).toHaveCount(0);
  await page.goBack();
  await expect(field(page)).toHaveValue(text);
  await readIt(page).click();
  await expect(verdict(page)).toContainText('Linearizable');
  await page.getByRole('button', { name: 'Open another' }).click();
  await expect(field(page)).toHaveValue('');
  await expect(readIt(page)).toBeDisabled();
});

test('the keyboard is at the time line once a history is open, and at the first example once it is closed', async ({ lab }) => {
  const { page } = lab;
  await openHistories(lab);
  const another = page.getByRole('button', { name: 'Open another' });
  await example(page, 'There and back again').press('Enter');
  await expect(timeLine(page)).toBeFocused();
  await another.press('Enter');
  await expect(page.locator('.history-examples button').first()).toBeFocused();
  await field(page).fill(STALE);
  await readIt(page).press('Enter');
  await expect(timeLine(page)).toBeFocused();
  await another.press('Enter');
  await drop(page, await file(page, 'broken.log', '0 :ok :read 1\n'));
  await expect(page.getByRole('alert')).toContainText('broken.log was not opened');
  await expect(page.getByRole('alert')).toBeFocused();
});

test('a history that is open again of itself takes the keyboard from nothing', async ({ lab }) => {
  const { page } = lab;
  await openHistories(lab);
  await example(page, 'A stale read').click();
  await expect(verdict(page)).toContainText('Not linearizable');
  await lab.reload();
  await expect(verdict(page)).toContainText('Not linearizable');
  await expect(timeLine(page)).not.toBeFocused();
});

test('a history too long to be kept is there again after a look at another page, or another room', async ({ lab }) => {
  const { page } = lab;
  await openHistories(lab);
  await drop(page, await file(page, 'long.log', linearizable(8_000)));
  await expect(verdict(page)).toContainText(/^Linearizable/, { timeout: 30_000 });
  await page.keyboard.press('+');
  await page.keyboard.press('j');
  const words = await card(page).textContent();
  await expect.poll(() => kept(page)).toContain('"selected"');
  for (const room of ['#/prove/beyond', '#/draw']) {
    await page.evaluate((room) => (globalThis.location.hash = room), room);
    await expect(timeLine(page)).toHaveCount(0);
    await page.goBack();
    await expect(page.getByText('8000 operations by 10 clients')).toBeVisible();
    await expect(verdict(page)).toContainText(/^Linearizable/);
    await expect(card(page)).toHaveText(words);
  }
  // Left as soon as it is laid out, it is there, too, and is judged on.
  await page.getByRole('button', { name: 'Open another' }).click();
  const held = await file(page, 'other.log', linearizable(8_000, { seed: 8 }));
  await page.evaluate(() => {
    const watch = new MutationObserver(() => {
      if (!document.querySelector('.history-lanes')) return;
      watch.disconnect();
      globalThis.location.hash = '#/prove/beyond';
    });
    watch.observe(document.querySelector('.history'), { childList: true, subtree: true });
  });
  await drop(page, held);
  await expect(page.locator('.history')).toHaveCount(0);
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'other.log' })).toBeVisible();
  await expect(verdict(page)).toContainText(/^Linearizable/, { timeout: 30_000 });
});

test('no number of the axis is cut off at an edge, wherever the time line is moved to', async ({ lab }) => {
  const { page } = lab;
  await page.addInitScript(() => {
    globalThis.cut = [];
    globalThis.numbers = 0;
    const { fillText } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.fillText = function note(text, x, y) {
      if (this.textAlign === 'center' && /^\d+$/.test(text) && y > this.canvas.clientHeight - 26) {
        const half = this.measureText(text).width / 2;
        globalThis.numbers += 1;
        if (x + half > this.canvas.clientWidth || x - half < 0) globalThis.cut.push([text, x]);
      }
      return fillText.call(this, text, x, y);
    };
  });
  await openHistories(lab);
  await drop(page, await file(page, 'long.log', linearizable(8_000)));
  await expect(verdict(page)).toContainText(/^Linearizable/, { timeout: 30_000 });
  for (let zoom = 0; zoom < 5; zoom += 1) await page.keyboard.press('+');
  const box = await timeLine(page).boundingBox();
  await page.mouse.move(box.x + 500, box.y + 5);
  await page.mouse.down();
  for (let moved = 10; moved <= 160; moved += 5) {
    await page.mouse.move(box.x + 500 - moved, box.y + 5);
    await frames(page, 1);
  }
  await page.mouse.up();
  expect(await page.evaluate(() => globalThis.numbers)).toBeGreaterThan(100);
  expect(await page.evaluate(() => globalThis.cut)).toEqual([]);
});
