// Why a verdict is what it is; what Node B sees; three outcomes.

import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './support/page.mjs';
import { SIDES, position } from './support/prove.mjs';

const status = (page) => page.locator('.prove [role=status]').first();
const why = (page, side, name) => page.getByRole('region', { name: SIDES[side], exact: true }).getByRole('button', { name: `Why? ${name}` });
const dialog = (page) => page.getByRole('dialog');
const books = (page) => page.getByRole('table').locator('tbody tr');

/** What stands in a notebook: for each line, what each side says, and the marks between them. */
const lines = async (page) => {
  const rows = await books(page).evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.textContent)));
  return rows.filter((cells) => cells.some((cell) => cell !== ''));
};

const barriers = async (page) => (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes.map((it) => it.html)]);

/** It is that page of the room which is shown, not the one before. */
async function arrived(page, address) {
  await expect(page.locator(`a[href="${address}"][aria-current=page]`).first()).toBeVisible();
  await expect(position(page)).toBeVisible();
}

test('“Why?” shows the order that was tried and each place where the stale read fails', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove');
  await page.keyboard.press('End');
  await why(page, 1, 'Consistency').click();
  await expect(dialog(page)).toContainText('Consistency is violated');
  const beats = dialog(page).getByRole('listitem').getByRole('button');
  await expect(beats).toHaveCount(5);
  await expect(beats.nth(2)).toContainText('Before the write of v1? That contradicts real time');
  await expect(beats.nth(3)).toContainText('After the write of v1? There the register holds v1, and Client 2’s read was told v0');
  // A sentence shows what it speaks of, and is said.
  await beats.nth(3).click();
  await expect(dialog(page).locator('.points .point')).toHaveCount(2);
  await expect(dialog(page).locator('.held-value.tried')).toHaveText('v1');
  await expect(dialog(page).getByRole('status')).toContainText('There the register holds v1');
});

test('the explanation is told by keyboard, plays once by itself, and gives the focus back', async ({ lab }) => {
  const { page } = lab;
  await page.clock.install();
  await lab.open('#/prove');
  await page.clock.pauseAt(Date.now() + 60_000);
  await page.keyboard.press('End');
  const button = why(page, 1, 'Consistency');
  await button.focus();
  await page.keyboard.press('Enter');
  const here = dialog(page).locator('[aria-current=step]');
  await expect(here).toContainText('Each bar is a request');
  await page.clock.runFor(30_000);
  await expect(here).toContainText('fits nowhere');
  await page.keyboard.press('Home');
  await expect(here).toContainText('Each bar is a request');
  await page.keyboard.press('ArrowDown');
  await expect(here).toBeFocused();
  await expect(here).toContainText('takes effect');
  await page.clock.runFor(30_000); // whoever takes it in hand is not hurried on
  await expect(here).toContainText('takes effect');
  await expect(position(page)).toHaveText('step 9 of 9'); // the walk behind it stays where it is
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  await expect(button).toBeFocused();
});

test('“Why?” of availability names the refused request, what its node knew, and the definition', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove');
  await why(page, 0, 'Availability').click();
  await expect(dialog(page)).toContainText('Nobody has asked for anything yet.');
  await dialog(page).getByRole('button', { name: 'Close' }).click();
  await page.keyboard.press('End');
  await why(page, 0, 'Availability').click();
  const witness = dialog(page).locator('li.witness');
  await expect(witness).toContainText('read → refused');
  await expect(witness).toContainText('Client 2 asks me for the value. I hold v0.');
  await expect(witness).toContainText('was lost, and nobody told it');
  await expect(dialog(page)).toContainText('every request received by a node that has not failed must result in a response');
  await expect(dialog(page)).toContainText('A refusal is no response in this sense');
  await page.mouse.click(4, 400); // beside it
  await expect(dialog(page)).toHaveCount(0);
});

test('Node B’s notebook is the same in both executions at every step, and the marks say so', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove/view');
  const end = Number((await position(page).textContent()).match(/of (\d+)/)[1]);
  for (let step = 0; step <= end; step += 1) {
    if (step > 0) await page.keyboard.press('ArrowRight');
    await expect(position(page)).toHaveText(`step ${step} of ${end}`);
    await expect(status(page)).toContainText(`Step ${step}.`);
    for (const [one, mark, other] of await lines(page)) {
      expect(one).toBe(other);
      expect(mark).toBe('=the same');
    }
  }
  expect(await lines(page)).toHaveLength(3);
  await expect(page.getByText('All 3 lines are the same.')).toBeVisible();
});

test('every rule breaks one of the executions; with all tried, nothing is left', async ({ lab }) => {
  const { page } = lab;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await lab.open('#/prove/view');
  await expect(page.getByText('Nothing is left')).toHaveCount(0);
  for (const [rule, cost, said] of [
    ['answer v1, just in case', 'wrong in E1', 'nobody ever wrote v1'],
    ['ask Node A, then refuse', 'unavailable', 'an error is no answer'],
    ['ask Node A, wait for ever', 'unavailable', 'never answered'],
    ['answer v0, its own value', 'wrong in E2', 'acknowledged before the read began'],
  ]) {
    const choice = page.getByRole('radio', { name: rule });
    await expect(choice).toHaveAccessibleName(rule); // no verdict before its run
    await choice.check();
    await expect(choice).toHaveAccessibleName(`${rule} ${cost}`);
    await expect(page.locator('.consequence')).toContainText(said);
    await expect(status(page)).toContainText(said);
  }
  await expect(page.locator('.finale')).toContainText('Nothing is left');
  await expect(status(page)).toContainText('Nothing is left');
  await page.getByRole('button', { name: 'Why? Consistency' }).click();
  await expect(dialog(page)).toContainText('Consistency is violated');
});

test('seen as Node B sees it, its half of both executions is the same, to the letter', async ({ lab }) => {
  const { page } = lab;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await lab.open('#/prove/view');
  await page.keyboard.press('End');
  const worlds = page.locator('.world');
  await expect(worlds.nth(1)).toContainText('v0 · stale');
  await page.getByRole('button', { name: 'as Node B sees it' }).click();
  await expect(worlds.nth(1)).not.toContainText('stale');
  const answers = await worlds.evaluateAll((all) =>
    all.map((world) => [...world.querySelectorAll('[class*="world-arrow"]')].map((it) => it.outerHTML.replaceAll(/E[12]/g, '')).at(-1)));
  expect(answers[0]).toBeTruthy();
  expect(answers[0]).toBe(answers[1]);
});

test('a rule that is chosen plays from where Node B is asked', async ({ lab }) => {
  const { page } = lab;
  await page.clock.install();
  await lab.open('#/prove/view');
  await page.clock.pauseAt(Date.now() + 60_000);
  await page.getByRole('radio', { name: /then refuse/ }).check();
  await expect(position(page)).toHaveText('step 5 of 8');
  await page.clock.runFor(8_000);
  await expect(position(page)).toHaveText('step 8 of 8');
  expect(await lines(page)).toHaveLength(5);
});

test('with Node B’s eyes both pictures say the same', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove/view');
  await page.getByRole('button', { name: 'as Node B sees it' }).click();
  const said = () => page.locator('.world').evaluateAll((all) => all.map((it) => it.getAttribute('aria-label').replace(/^E\d\. /, '')));
  for (let step = 0; step <= 7; step += 1) {
    await expect(position(page)).toContainText(`step ${step} of`);
    const [one, other] = await said();
    expect(one).toBe(other);
    await page.keyboard.press('ArrowRight');
  }
  await page.getByRole('button', { name: 'Everything' }).click();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => new Set(await said()).size).toBe(2);
});

test('rule, step, eyes and what was tried survive a reload', async ({ lab }) => {
  const { page } = lab;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await lab.open('#/prove/view');
  await page.getByRole('radio', { name: /wait for ever/ }).check();
  await page.getByRole('button', { name: 'as Node B sees it' }).click();
  await page.keyboard.press('ArrowLeft');
  await expect(position(page)).toHaveText('step 5 of 6');
  await lab.reload();
  await expect(position(page)).toHaveText('step 5 of 6');
  await expect(page.getByRole('radio', { name: /wait for ever/ })).toBeChecked();
  await expect(page.getByRole('radio', { name: /wait for ever/ })).toHaveAccessibleName(/unavailable/);
  await expect(page.getByRole('button', { name: 'as Node B sees it' })).toHaveAttribute('aria-pressed', 'true');
});

test('three outcomes look the same to the one who asks until it has given up; the truth differs', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove/outcomes');
  const truths = () => page.locator('.truths li').evaluateAll((all) => all.map((it) => it.lastChild.lastChild.textContent));
  const end = Number((await position(page).textContent()).match(/of (\d+)/)[1]);
  let given = false;
  for (let step = 1; step <= end; step += 1) {
    await page.keyboard.press('ArrowRight');
    await expect(position(page)).toHaveText(`step ${step} of ${end}`);
    const now = await lines(page);
    if (step < end) for (const line of now) expect(new Set([line[0], line[2], line[4]]).size).toBe(1);
    if (!given && now.some(([one]) => one.startsWith('My timer runs out'))) {
      given = true;
      expect(await truths()).toEqual(['Not yet: the request is on its way', 'No, it never got there', 'Yes, v1 is there']);
      await expect(status(page)).toContainText('Not yet, never, already');
    }
  }
  expect(given).toBe(true);
  // The slow answer comes too late; the write of the third run is there although nobody was told.
  expect((await lines(page)).at(-1)).toEqual(['Node B tells me: “done”.', '≠not the same', '', '', '']);
  expect(await truths()).toEqual(['Yes, v1 is there', 'No, it never got there', 'Yes, v1 is there']);
  await expect(page.locator('.tally')).toContainText('idempotent');
});

for (const theme of ['light', 'dark']) {
  test(`axe finds nothing to object to on the pages and in the dialogs, ${theme}`, async ({ lab }) => {
    const { page } = lab;
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await lab.open('#/prove', { theme });
    await page.keyboard.press('End');
    for (const [side, name] of [[1, 'Consistency'], [0, 'Availability']]) {
      await why(page, side, name).click();
      expect(await barriers(page)).toEqual([]);
      await page.keyboard.press('Escape');
    }
    for (const address of ['#/prove/view', '#/prove/outcomes']) {
      await page.goto(`${lab.home}${address}`);
      await arrived(page, address);
      await page.keyboard.press('End');
      expect(await barriers(page)).toEqual([]);
      await page.getByRole('button', { name: /as Node/ }).click();
      expect(await barriers(page)).toEqual([]);
    }
  });
}

test('nothing is wider than a phone', async ({ lab }) => {
  const { page } = lab;
  await page.setViewportSize({ width: 390, height: 844 });
  for (const address of ['#/prove/view', '#/prove/outcomes', '#/prove']) {
    await lab.open(address);
    await arrived(page, address);
    await page.keyboard.press('End');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  }
  await why(page, 1, 'Consistency').click();
  const box = await dialog(page).boundingBox();
  expect(box.x).toBeGreaterThanOrEqual(0);
  expect(box.x + box.width).toBeLessThanOrEqual(390);
});
