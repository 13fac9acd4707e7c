// Beat the theorem: one complete attempt by keyboard alone, the table of strategies, and a search that lets the page be.

import AxeBuilder from '@axe-core/playwright';
import { FOLDER, expect, test } from './support/page.mjs';
import { largest, met, setting } from './support/game.mjs';
import { blocked, longTasks } from './support/long-tasks.mjs';

const ROUTE = '#/prove/beat';
const spoken = (page) => page.getByRole('status');
const act = (page) => page.locator('.compose-act .try');
const cells = (page) => page.locator('.strategies button.cell');
const violated = (page) => page.locator('.beat .gauge.violated');
const idea = (page, name) => page.getByRole('group', { name: 'Ideas to start from' }).getByRole('button', { name });

/** Opens the page of the room. */
async function open(lab, options) {
  await lab.open(ROUTE, options);
  await expect(act(lab.page)).toBeVisible();
}

/** Presses Tab until the element has the focus. */
async function tabTo(page, element) {
  for (let press = 0; press < 80; press += 1) {
    if (await element.evaluate((it) => it === it.ownerDocument.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('80 times Tab, and it has not the focus');
}

test('by keyboard alone: change a rule, try it, hear how it is broken, and walk the run', async ({ lab }) => {
  const { page } = lab;
  await open(lab);
  await idea(page, 'Local first').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Local first' })).toBeVisible();

  await tabTo(page, page.locator('.rules').getByLabel('On a read'));
  await page.keyboard.press('ArrowDown'); // from its own copy to: ask the other node
  await expect(page.locator('.reads-back')).toContainText('It asks the other before it answers a read.');
  await expect(page.getByRole('heading', { name: 'Your own rules' })).toBeVisible();

  await tabTo(page, act(page));
  await page.keyboard.press('Enter');
  await expect(spoken(page)).toHaveText(
    /^Broken after \d+ steps: Client 2 began its read after the write of v1 was acknowledged, so it had to read v1, and it read v0\. Consistency is violated\. \d+ states searched\. No run of fewer choices breaks it\.$/,
  );
  await expect(violated(page)).toHaveCount(1);
  await expect(cells(page)).toHaveCount(1);
  await expect(page.getByText('Tried 1 of 12')).toBeVisible();

  await page.keyboard.press('Home');
  await expect(spoken(page)).toHaveText(/^Step 0\. Node A and Node B both hold v0\./);
  await page.keyboard.press('ArrowRight');
  await expect(spoken(page)).toHaveText(/^Step 1\. /);
  await expect(violated(page)).toHaveCount(0);

  await tabTo(page, page.getByRole('button', { name: 'Steps', exact: true }));
  await page.keyboard.press('Enter');
  await expect(page.locator('.steps [aria-current=step]')).toContainText('1');
});

test('a full table has for each of its twelve cells a run that breaks a promise, and none that keeps both', async ({
  lab,
}) => {
  const { page } = lab;
  await open(lab);
  await expect(page.locator('.strategies td.empty')).toHaveCount(12);
  await page.getByRole('button', { name: 'Fill the table' }).click();
  await expect(spoken(page)).toHaveText(/12 of 12 strategies.*Kept both promises: 0\./);
  await expect(cells(page)).toHaveCount(12);
  for (const cell of await cells(page).all()) {
    const [, promise] = (await cell.getAttribute('title')).match(/breaks (consistency|availability) in E[12]/);
    await cell.click();
    await expect(cell).toHaveAttribute('aria-pressed', 'true');
    const letter = promise === 'consistency' ? 'C' : 'A';
    await expect(page.locator(`.beat [data-gauge=${letter}]`)).toHaveClass(/violated/);
    await expect(spoken(page)).toHaveText(/(Consistency|Availability) is violated\.$/);
  }
  await page.getByRole('button', { name: 'Back to my rules' }).click();
  await expect(page.getByRole('heading', { name: 'With nothing lost' })).toBeVisible();
});

test('every idea is broken under the cut, and those made of rules fill cells', async ({ lab }) => {
  const { page } = lab;
  await open(lab);
  const names = await page.locator('.idea').evaluateAll((all) => all.map((it) => it.textContent.trim()));
  expect(names).toHaveLength(11);
  for (const name of names) {
    await idea(page, name).click();
    await act(page).click();
    await expect(spoken(page), name).toHaveText(/^Broken after \d+ steps: .*(Consistency|Availability) is violated\./);
  }
  await expect(page.locator('.idea.broken')).toHaveCount(11);
  await expect(page.getByText(/^Tried [2-9] of 12$/)).toBeVisible();
});

test('where nothing is lost a way out is not broken, the page says what that means, and the cut breaks it', async ({
  lab,
}) => {
  const { page } = lab;
  await open(lab);
  await idea(page, 'Wait for ever').click();
  await page.locator('.settings summary').click();
  await setting(page, 'Network').selectOption({ label: 'Loses nothing' });
  await act(page).click();
  await expect(spoken(page)).toHaveText(/^No run breaks it within these bounds: All \d+ states were searched, up to \d+ choices\./);
  await expect(page.locator('.report')).toContainText('The theorem asks for both promises also when messages are lost');
  await expect(cells(page)).toHaveCount(0);
  // The run on the stage is none of those that were searched: its gauges are no part of the report.
  await expect(page.locator('.report [data-gauge]')).toHaveCount(0);
  await expect(page.locator('.report .counts')).toContainText('states');
  await page.getByRole('button', { name: /The link is cut/ }).click();
  await expect(spoken(page)).toHaveText(/Availability is violated\./);
  await expect(cells(page)).toHaveCount(1);
});

test('after a trial the next idea is tried as usual again, also when one was away in between', async ({ lab }) => {
  const { page } = lab;
  await open(lab);
  await act(page).click();
  await expect(spoken(page)).toHaveText(/^Broken/);
  await page.getByRole('button', { name: 'Nothing is lost, but messages may be late' }).click();
  await expect(page.locator('.settings summary')).toContainText('Nothing is lost');
  await page.getByRole('link', { name: 'Three outcomes' }).click();
  await expect(page.getByRole('heading', { name: 'Three outcomes', level: 1 })).toBeVisible();
  await page.goBack();
  await page.locator('.compose-act .next').click();
  await expect(page.getByRole('heading', { name: 'Ask again', level: 2 })).toBeVisible();
  await expect(page.locator('.settings summary')).toContainText('The link is cut');
});

test('a search that one leaves is stopped, and the page says so', async ({ lab }) => {
  const { page } = lab;
  await open(lab);
  await largest(page);
  await act(page).click();
  await expect(spoken(page)).toHaveText(/million states so far/, { timeout: 60_000 });
  await page.getByRole('link', { name: 'Three outcomes' }).click();
  await expect(page.getByRole('heading', { name: 'Three outcomes', level: 1 })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'The search was stopped as you left' })).toBeVisible();
  await expect(act(page)).toHaveAccessibleName(/^Try to beat it/);
});

test('a million states: one sees how far it is, the page stays free, and Esc ends it', { tag: '@alone' }, async ({ lab }) => {
  test.slow();
  const { page } = lab;
  await open(lab);
  await largest(page);
  const tasks = await longTasks(page);
  await act(page).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => met(page), { timeout: 120_000, intervals: [100] }).toBeGreaterThan(1_000_000);
  await expect(spoken(page)).toHaveText(/million states so far/);
  await expect(page.locator('.search-figure .level').nth(8)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(spoken(page)).toHaveText(/^Stopped: [\d,]+ states searched, and no broken promise among them\./);
  await expect(page.getByRole('button', { name: /^Try to beat it/ })).toBeVisible();
  expect(blocked(await tasks())).toBeLessThan(0.5); // in one piece it would be nearly 1
});

for (const [width, height] of [[1440, 900], [1024, 768], [390, 844]]) {
  test(`once an idea is broken the next one is in reach, ${width}×${height}`, async ({ lab }) => {
    const { page } = lab;
    await page.setViewportSize({ width, height });
    await open(lab);
    const next = page.getByRole('button', { name: 'Next idea: Ask again' });
    await expect(next).toHaveCount(0);
    await act(page).click();
    await expect(violated(page)).toHaveCount(1);
    await expect(next).toHaveCount(1); // there, once
    if (width > 720) await expect(next).toBeInViewport({ ratio: 1 });
    await next.click();
    await expect(page.getByRole('heading', { name: 'Ask again' })).toBeVisible();
    await expect(act(page)).toBeFocused();
    await expect(next).toHaveCount(0);
  });
}

test('an attempt that no run breaks is told, also when a cell of the table was open', async ({ lab }) => {
  const { page } = lab;
  await open(lab);
  await page.evaluate(() => globalThis.localStorage.setItem('partition-lab/prove/beat', '{"idea":"Wait for ever","settings":"4002","cells":"tttttttttttt","cell":0}'));
  await lab.reload();
  await act(page).click();
  await expect(spoken(page)).toHaveText(/^No run breaks it/);
  await expect(page.getByRole('heading', { name: /^No run breaks it/ })).toBeVisible();
});

test('a reload keeps the rules, the settings, the table and the run', async ({ lab }) => {
  const { page } = lab;
  await open(lab);
  await page.getByRole('button', { name: 'Each its own' }).click();
  await page.getByRole('group', { name: 'Node B' }).getByLabel('On a read').selectOption({ label: 'Refuse it' });
  await act(page).click();
  await expect(spoken(page)).toHaveText(/Availability is violated\./);
  await page.keyboard.press('ArrowLeft');
  await expect(spoken(page)).toHaveText(/^Step \d/);
  const where = await page.locator('.where').textContent();
  const state = await page.evaluate(() => globalThis.localStorage.getItem('partition-lab/prove/beat'));
  expect(state.length).toBeLessThan(300);

  await lab.reload();
  await expect(page.getByRole('heading', { name: 'The run that breaks it' })).toBeVisible();
  await expect(page.locator('.where')).toHaveText(where);
  await expect(page.getByRole('group', { name: 'Node B' }).getByLabel('On a read')).toHaveValue('Refuse it');
  await expect(page.getByRole('group', { name: 'Node A' }).getByLabel('On a read')).not.toHaveValue('Refuse it');
  await expect(cells(page)).toHaveCount(1);
});

for (const what of ['{bad', '[1,2]', '{"rules":"99999999","settings":"zzzz","cells":"??","broken":[77],"cell":99,"step":5}']) {
  test(`what was kept as ${what} opens as a page one can use`, async ({ lab }) => {
    const { page } = lab;
    await open(lab);
    await page.evaluate((text) => globalThis.localStorage.setItem('partition-lab/prove/beat', text), what);
    await lab.reload();
    await act(page).click();
    await expect(spoken(page)).toHaveText(/^Broken after/);
    await expect(page.locator('#crash')).toBeHidden();
  });
}

for (const theme of ['dark', 'light']) {
  test(`axe finds nothing to object to, ${theme}`, async ({ lab }) => {
    const { page } = lab;
    await open(lab, { theme });
    const look = async (sight) => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]), sight).toEqual([]);
    };
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await look('at the start');
    await page.getByRole('button', { name: 'Fill the table' }).click();
    await page.locator('.settings summary').click();
    await page.getByRole('button', { name: 'Each its own' }).click();
    await act(page).click();
    await expect(page.locator('.report.broken')).toBeVisible();
    await look('broken');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await look('the search');
  });
}

test('on a telephone everything is below everything else, and an attempt can be made by touch', async ({ lab }) => {
  const { page } = lab;
  await page.setViewportSize({ width: 390, height: 844 });
  await open(lab);
  await act(page).click();
  await expect(page.locator('.report.broken')).toBeAttached();
  await page.getByRole('button', { name: 'Fill the table' }).click();
  await cells(page).last().click();
  await expect(violated(page)).toHaveCount(1);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide).toBe(0);
  expect(page.url()).toContain(FOLDER);
});
