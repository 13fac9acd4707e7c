// The room Prove: walking through the scenario, and what the gauges say on the way.

import { load, verdicts } from './support/interface.mjs';
import { gauges, jump, narration, position, scrubber, spoken, stepTo, walk, worded } from './support/prove.mjs';
import { tool } from './support/draw.mjs';
import { expect, test } from './support/page.mjs';

const CONSISTENT = 0;
const AVAILABLE = 1;

test('Home, End, the arrows and Space walk the scenario', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove');
  const { steps } = await verdicts(page);
  const press = (key) => page.keyboard.press(key);

  await press('End');
  await expect(position(page)).toHaveText(`step ${steps} of ${steps}`);
  await press('ArrowRight'); // there is nothing behind the end
  await press('ArrowLeft');
  await expect(position(page)).toHaveText(`step ${steps - 1} of ${steps}`);
  await press('Home');
  await press('ArrowLeft');
  await expect(position(page)).toHaveText(`step 0 of ${steps}`);
  await press('ArrowRight');
  await expect(position(page)).toHaveText(`step 1 of ${steps}`);
  await press(' ');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await press(' ');
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
});

test('at every step, there and back, the gauges show the verdicts, and the live region says something new', async ({
  lab,
}) => {
  const { page } = lab;
  await lab.open('#/prove');
  const said = [];
  for await (const step of walk(page)) said.push(await lookAround(page, step));
  for (const step of [...said.keys()].toReversed().slice(1)) {
    await page.keyboard.press('ArrowLeft');
    await expect(position(page)).toContainText(`step ${step} of`);
    expect(await lookAround(page, step)).toBe(said[step]);
  }
  expect(new Set(said).size).toBe(said.length);
});

/** Holds what is shown at a step against the interface; returns what the live region says. */
async function lookAround(page, step) {
  const { step: at, sides } = await verdicts(page);
  expect(at).toBe(step);
  for (const [side, { consistency, availability }] of sides.entries()) {
    expect(await gauges(page, side)).toEqual({ C: worded(consistency), A: worded(availability) });
  }
  const said = await spoken(page).textContent();
  expect(said).toMatch(new RegExp(`^Step ${step}\\. \\S`));
  return said;
}

/** What each side gives up, the step at which a client notices, and the reason the gauge must give. */
const PRICES = [
  {
    claim: 'the consistent side gives up availability exactly when Client 2 is refused',
    side: CONSISTENT,
    lost: 'availability',
    kept: 'consistency',
    when: /Client 2 gets an error\./,
    why: 'Node B has not failed, yet it refused Client 2.',
  },
  {
    claim: 'the available side gives up consistency exactly when Client 2 reads the old value',
    side: AVAILABLE,
    lost: 'consistency',
    kept: 'availability',
    when: /Client 2 reads v0\./,
    why: 'Client 2 began its read after the write of `v1` was acknowledged, so it had to read `v1`, and it read `v0`.',
  },
];

for (const { claim, side, lost, kept, when, why } of PRICES) {
  test(`${claim}, and says why`, async ({ lab }) => {
    const { page } = lab;
    await lab.open('#/prove');
    let turn;
    for await (const step of walk(page)) {
      if (when.test(await narration(page, side))) turn = step;
      const verdict = (await verdicts(page)).sides[side];
      if (turn === undefined) expect(verdict[lost].reading).not.toHaveProperty('violated');
      else expect(verdict[lost]).toEqual({ reading: { violated: turn }, why });
      expect(verdict[kept].reading).not.toHaveProperty('violated');
    }
    expect(turn).toBeDefined();
  });
}

test('the scrubber goes to any step, by hand and by its own arrow keys', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove');
  await scrubber(page).fill('4');
  await expect(position(page)).toContainText('step 4 of');
  expect((await verdicts(page)).step).toBe(4);
  await scrubber(page).press('ArrowRight'); // one step, not two: the room leaves this key to the scrubber
  await expect(position(page)).toContainText('step 5 of');
  await page.getByRole('button', { name: 'Step back' }).click();
  await expect(scrubber(page)).toHaveValue('4');
});

test('Play goes on by itself in the speed chosen, Pause stops, and the end ends it', async ({ lab }) => {
  const { page } = lab;
  await page.clock.install();
  await lab.open('#/prove');
  await page.clock.pauseAt(Date.now() + 60_000);
  const { steps } = await verdicts(page);

  await page.getByRole('button', { name: 'Play' }).click();
  await page.clock.runFor(1_700);
  await expect(position(page)).toContainText('step 0 of');
  await page.clock.runFor(200);
  await expect(position(page)).toContainText('step 1 of');
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.clock.runFor(10_000);
  await expect(position(page)).toContainText('step 1 of');

  await page.getByRole('combobox', { name: 'Speed' }).selectOption('4×');
  await page.getByRole('button', { name: 'Play' }).click();
  await page.clock.runFor(500);
  await expect(position(page)).toContainText('step 2 of');
  for (let step = 3; step <= steps; step += 1) {
    await page.clock.runFor(450);
    await expect(position(page)).toContainText(`step ${step} of`);
  }
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
});

test('a violated gauge leads to the step at which it was violated', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove');
  await page.keyboard.press('End');
  for (const [side, letter] of [
    [CONSISTENT, 'A'],
    [AVAILABLE, 'C'],
  ]) {
    const link = jump(page, side, letter);
    const step = Number((await link.textContent()).match(/violated at step (\d+)/)[1]);
    await link.click();
    await expect(position(page)).toContainText(`step ${step} of`);
    await page.keyboard.press('End');
  }
});

test('keys that the speed field needs are not taken from it, nor Space from a button', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove');
  await stepTo(page, 3);
  const speed = page.getByRole('combobox', { name: 'Speed' });
  for (const key of ['End', 'Home', 'ArrowLeft', 'ArrowRight']) {
    await speed.press(key);
    expect((await verdicts(page)).step).toBe(3);
  }
  await page.getByRole('button', { name: 'Step forward' }).press(' ');
  await expect(position(page)).toContainText('step 4 of');
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
});

test('a link that is healed brings v1 to Node B on both sides, and “Undo healing” returns', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove');
  const heal = page.getByRole('button', { name: /^Heal the link/ });
  await expect(heal).toHaveCount(0); // nothing is cut yet
  await page.keyboard.press('End');
  const before = await verdicts(page);
  await heal.click();
  await expect(position(page)).toContainText(`step ${before.steps + 1} of`);

  const told = [[], []];
  for await (const _ of walk(page)) {
    for (const side of [CONSISTENT, AVAILABLE]) told[side].push(await narration(page, side));
  }
  for (const words of told) expect(words.join(' ')).toMatch(/copy of v1 reaches Node B, which stores v1/);
  const after = await verdicts(page);
  expect(after.steps).toBeGreaterThan(before.steps);
  // What was given up stays given up.
  expect(after.sides[AVAILABLE].consistency).toEqual(before.sides[AVAILABLE].consistency);
  expect(after.sides[CONSISTENT].availability).toEqual(before.sides[CONSISTENT].availability);

  await page.getByRole('button', { name: 'Undo healing' }).click();
  await expect(position(page)).toHaveText(`step ${before.steps} of ${before.steps}`);
  expect(await verdicts(page)).toEqual(before);
});

test('a change of room by the address keeps what both rooms were doing', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove');
  await stepTo(page, 4);
  await page.getByRole('link', { name: 'Draw', exact: true }).click();
  await expect(page).toHaveURL(/#\/draw$/);
  await expect(page).toHaveTitle(/^Draw/);
  await load(page, 'graph TD\nA[One] --> B[Two]\n');
  await expect(page.locator('#part-node-A')).toBeVisible();

  await page.goBack();
  await expect(position(page)).toContainText('step 4 of');
  await page.keyboard.press('c'); // Draw's keys are Draw's alone
  await page.goForward();
  await expect(page.locator('#part-node-A')).toBeVisible();
  await expect(tool(page, 'Select')).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('button', { name: /^Undo/ })).toBeEnabled();
  expect((await verdicts(page)).step).toBe(4);
});
