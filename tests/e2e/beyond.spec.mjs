// The room Prove, beyond Theorem 1: five pages, each with a run, a dial and what the checkers say.

import AxeBuilder from '@axe-core/playwright';
import { blocked, longTasks } from './support/long-tasks.mjs';
import { position, scrubber, spoken } from './support/prove.mjs';
import { expect, test } from './support/page.mjs';

const open = (page, name) => page.getByRole('navigation', { name: 'Pages beyond Theorem 1' }).getByRole('button', { name }).click();
const reads = (page, letter) => page.locator(`.beyond-checked [data-gauge=${letter}] .gauge-reading`);
const lost = (page) => page.locator('.post .lost dd');

/** The pages: their names in the list and their claims. */
const PAGES = [
  ['Only late', 'Nothing need be lost: late is enough'],
  ['With clocks', 'Clocks are not enough when messages are lost'],
  ['Nothing lost', 'With known bounds, and nothing lost, both promises can be kept'],
  ['After healing', 'After long enough without loss, no read is stale'],
  ['Which C', 'The C of CAP is linearizability: something weaker can be kept'],
];

test('each page makes its claim, and Next and Previous lead through them', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove/beyond');
  for (const [at, [name, claim]] of PAGES.entries()) {
    if (at > 0) await page.getByRole('button', { name: 'Next' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(claim);
    await expect(page.getByRole('button', { name, exact: false }).first()).toHaveAttribute('aria-current', 'step');
    await expect(spoken(page)).toContainText(`${name}. Step `);
  }
  await expect(page.getByRole('button', { name: 'Next' })).toBeDisabled();
  await page.getByRole('button', { name: 'Previous' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(PAGES[3][1]);
});

test('a copy that is merely late breaks consistency with nothing lost', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove/beyond');
  const dial = page.getByRole('slider', { name: /copy of v1 reaches Node B/ });
  await expect(reads(page, 'C')).toContainText('violated at step');
  await expect(lost(page)).toHaveText('0');
  await dial.fill('100');
  await expect(reads(page, 'C')).toContainText('holds in this run');
  await expect(lost(page)).toHaveText('0');
  await dial.press('ArrowRight'); // the dial's own key: the run does not move
  await expect(dial).toHaveValue('110');
  await expect(reads(page, 'C')).toContainText('violated at step');
  await dial.press('End');
  await expect(page.getByText('never: it is lost')).toBeVisible();
  await expect(lost(page)).toHaveText('1');
  await expect(reads(page, 'A')).toContainText('holds in this run');
});

test('with bounds and a lost message each choice of Node B breaks a promise', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove/beyond');
  await open(page, 'With clocks');
  for (const lose of ['the question', 'the answer']) {
    await page.getByRole('group', { name: 'The network loses' }).getByRole('button', { name: lose }).click();
    for (const [choice, broken] of [['answers', 'C'], ['refuses', 'A'], ['waits on', 'A']]) {
      await page.getByRole('group', { name: 'When its time is up, Node B' }).getByRole('button', { name: choice }).click();
      await expect(reads(page, broken)).toContainText('violated at step');
      await expect(reads(page, broken === 'C' ? 'A' : 'C')).toContainText('holds in this run');
      const promise = broken === 'C' ? 'consistency' : 'availability';
      const rows = page.getByRole('region', { name: 'Every run, explored' }).locator('tbody tr');
      await expect(rows.nth(0)).toContainText('kept in all');
      for (const row of [1, 2, 3]) await expect(rows.nth(row)).toContainText(`${promise} broken`);
    }
  }
});

test('with bounds and nothing lost every run within the bounds is explored and keeps both', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove/beyond');
  await open(page, 'Nothing lost');
  await expect(page.locator('.count.holds strong')).toHaveText('3,247');
  await page.getByRole('button', { name: '2 × 2' }).click();
  await expect(page.locator('.count.holds strong')).toHaveText('109');
  const dial = page.getByRole('slider', { name: /Each message takes/ });
  await dial.fill('40');
  await expect(reads(page, 'C')).toContainText('holds in this run');
  await dial.fill('45');
  await expect(page.getByText('45 ms, past the bound')).toBeVisible();
  await expect(reads(page, 'C')).toContainText('violated at step');
});

test('a long exploration shows how far it is, leaves the page free, and can be stopped', { tag: '@alone' }, async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove/beyond');
  await open(page, 'Nothing lost');
  const tasks = await longTasks(page);
  await page.getByRole('button', { name: '3 × 3' }).click();
  await expect(page.getByText('states so far, none breaks a promise.')).toBeVisible();
  await page.waitForTimeout(400);
  expect(blocked(await tasks())).toBeLessThan(0.5); // in one piece it would be nearly 1
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByText('Stopped: not decided.')).toBeVisible();
  const met = await page.locator('.count strong').textContent();
  await page.waitForTimeout(200);
  await expect(page.locator('.count strong')).toHaveText(met);
  await expect(page.getByRole('button', { name: 'Go on' })).toBeVisible();
});

test('the sweep finds one retry interval and one delay, and the dial shows either side of it', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove/beyond');
  await open(page, 'After healing');
  const dial = page.getByRole('slider', { name: /reads after the healing/ });
  for (const retry of [100, 300, 200]) {
    await page.getByRole('button', { name: `${retry} ms` }).click();
    const least = retry + 40;
    await expect(page.locator('.least')).toHaveText(`${least} ms`);
    await dial.fill(String(least));
    await expect(reads(page, 'C')).toContainText('holds in this run');
    await dial.press('ArrowLeft');
    await expect(reads(page, 'C')).toContainText('violated at step');
  }
});

test('the epidemic register is sequential and not linearizable, and shows the order that says so', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove/beyond');
  await open(page, 'Which C');
  await expect(reads(page, 'C')).toContainText('violated at step');
  await expect(reads(page, 'S')).toContainText('holds in this run');
  await expect(reads(page, 'A')).toContainText('holds in this run');
  await expect(page.getByRole('img', { name: 'read v0 does not fit' })).toBeVisible();
  await page.getByRole('button', { name: 'one order for all' }).click();
  await expect(page.getByRole('img', { name: 'In this order: read v0 of Client 2, write v1 of Client 1, read v1 of Client 1, read v1 of Client 2.' })).toBeVisible();
});

test('the square leads to the page of each field', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove/beyond');
  const square = page.getByRole('region', { name: 'What is possible' });
  await square.getByRole('button', { name: 'possible Central node' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(PAGES[2][1]);
  await square.getByRole('button', { name: 'impossible Theorem 2' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(PAGES[1][1]);
  await square.getByRole('link', { name: 'impossible Theorem 1' }).click();
  await expect(page).toHaveURL(/#\/prove$/);
});

test('keys walk the run of a page, and each step is said', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove/beyond');
  await page.keyboard.press('Home');
  await expect(position(page)).toContainText('step 0 of');
  await expect(spoken(page)).toHaveText(/^Only late\. Step 0\. Node A and Node B both hold v0/);
  await page.keyboard.press('ArrowRight');
  await expect(spoken(page)).toHaveText(/^Only late\. Step 1\. Client 1 asks Node A to write v1\./);
  await page.keyboard.press('End');
  await expect(spoken(page)).toContainText('Consistency: violated. Availability: holds. Messages lost: 0.');
});

test('a reload finds the page, the step and the dial as they were', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove/beyond');
  await open(page, 'After healing');
  await page.getByRole('slider', { name: /reads after the healing/ }).fill('310');
  await scrubber(page).fill('4');
  await expect(position(page)).toContainText('step 4 of');
  await lab.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(PAGES[3][1]);
  await expect(position(page)).toContainText('step 4 of');
  await expect(page.getByRole('slider', { name: /reads after the healing/ })).toHaveValue('310');
});

test('on a telephone a run can be taken away, too', async ({ lab }) => {
  const { page } = lab;
  await page.setViewportSize({ width: 390, height: 844 });
  await lab.open('#/prove/beyond');
  const take = page.getByRole('button', { name: 'Take away' });
  await expect(take).toBeInViewport({ ratio: 1 });
  await take.click();
  await expect(page.getByRole('dialog', { name: 'Take this run away' })).toContainText('Sequence diagram');
});

for (const theme of ['dark', 'light']) {
  test(`no barriers on any of the pages, ${theme}`, async ({ lab }) => {
    const { page } = lab;
    await lab.open('#/prove/beyond', { theme });
    for (const [name] of PAGES) {
      await open(page, name);
      await expect(page.getByRole('button', { name: 'Stop' })).toHaveCount(0);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes.map(({ target }) => target).join(', ')}`)).toEqual([]);
    }
  });
}
