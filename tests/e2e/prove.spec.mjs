// The room Prove: walking through the scenario, and what the gauges say on the way.

import { load, verdicts } from './support/interface.mjs';
import {
  act,
  actMenu,
  acts,
  branches,
  caused,
  gauges,
  jump,
  lights,
  mark,
  narration,
  outline,
  position,
  scrubber,
  spoken,
  stepTo,
  walk,
  worded,
} from './support/prove.mjs';
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

test('a link that is healed brings v1 to Node B on both sides, and undoing it returns', async ({ lab }) => {
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

  await page.getByRole('button', { name: 'Undo: healed the link' }).click();
  await expect(position(page)).toHaveText(`step ${before.steps} of ${before.steps}`);
  expect(await verdicts(page)).toEqual(before);
});

/** Everything that is shown of a branch, step by step, from its start to its end. */
async function account(page) {
  const seen = [];
  await page.keyboard.press('Home');
  for await (const step of walk(page)) {
    const { sides } = await verdicts(page);
    for (const [side, { consistency, availability }] of sides.entries()) {
      expect(await gauges(page, side)).toEqual({ C: worded(consistency), A: worded(availability) });
    }
    seen.push({ step, said: await spoken(page).textContent(), sides });
  }
  return seen;
}

test('branching from the past twice leaves all branches as they were, also after a reload', async ({ lab }) => {
  test.slow();
  const { page } = lab;
  await lab.open('#/prove');
  const scenario = await account(page);

  await stepTo(page, 3);
  await act(page, /copy of v1/, 'deliver now');
  await expect(position(page)).toContainText('step 4 of');
  expect(await narration(page, AVAILABLE)).toMatch(/The copy of v1 reaches Node B/);
  const delivered = await account(page);
  // Now Node B has something to answer with; the side that waits for Node A is still cut off from it.
  expect(delivered.at(-1).sides[AVAILABLE]).toMatchObject({
    consistency: { reading: 'holds' },
    availability: { reading: 'holds' },
  });
  expect(delivered.at(-1).sides[CONSISTENT].availability.reading).toHaveProperty('violated');

  await branches(page).nth(0).click();
  await stepTo(page, 5);
  await act(page, 'Node B', 'crash');
  const crashed = await account(page);
  await expect(branches(page)).toHaveText([
    'The scenario',
    'After step 3: delivered “copy of v1”, A to B',
    'After step 5: crashed Node B',
  ]);

  for (const when of ['before the reload', 'after it']) {
    await expect(branches(page).nth(2), when).toHaveAttribute('aria-current', 'true');
    for (const [at, told] of [[1, delivered], [0, scenario], [2, crashed]]) {
      await branches(page).nth(at).click();
      expect(await account(page), `branch ${at} ${when}`).toEqual(told);
    }
    await stepTo(page, 6);
    await lab.reload();
    await expect(position(page)).toContainText('step 6 of');
  }
});

test('what is done can be undone and done again, where it was done', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove');
  await page.keyboard.press('End');
  const before = await verdicts(page);
  await acts(page).getByRole('button', { name: 'Heal the link' }).click();
  await page.keyboard.press('Home');
  await act(page, 'The link', 'cut it');
  const after = await verdicts(page);
  await page.keyboard.press('Control+z');
  await expect(position(page)).toContainText('step 0 of');
  await page.keyboard.press('Control+z');
  expect(await verdicts(page)).toEqual(before);
  await page.keyboard.press('Control+Shift+z');
  await page.keyboard.press('Control+y');
  expect(await verdicts(page)).toEqual(after);
  await acts(page).getByRole('button', { name: 'Start over' }).click();
  await expect(branches(page)).toHaveCount(0);
  await expect(position(page)).toHaveText('step 0 of 9');
});

test('a client that waits cannot ask, and the menu says why', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove');
  await stepTo(page, 6);
  await acts(page).getByRole('button', { name: 'Act after step 6' }).click();
  const read = actMenu(page).getByRole('group', { name: 'Client 2' }).getByRole('menuitem', { name: /^read/ });
  await expect(read).toHaveAttribute('aria-disabled', 'true');
  await expect(read).toContainText('It still waits for its answer.');
  await read.press('Enter');
  await expect(position(page)).toHaveText('step 6 of 9');
});

test('a message that is held back arrives when it is let go, from its own menu', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove');
  await stepTo(page, 3);
  await mark(page, 'a', '“copy of v1”').locator('.tip').click();
  await actMenu(page).getByRole('menuitem', { name: 'hold it back' }).click();
  await expect(position(page)).toContainText('step 4 of');
  expect(await narration(page, AVAILABLE)).toMatch(/^The copy of v1 is held back\. Neither node is told\./);
  await mark(page, 'a', '“copy of v1 · held back”').locator('.tip').click();
  await expect(actMenu(page).getByRole('menuitem', { name: /hold it back/ })).toHaveAttribute('aria-disabled', 'true');
  await actMenu(page).getByRole('menuitem', { name: 'deliver now' }).click();
  expect(await narration(page, AVAILABLE)).toMatch(/The copy of v1 reaches Node B/);
});

test('pointing at the stale read leaves the write in the dark, and Escape clears', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove');
  await page.keyboard.press('End');
  await mark(page, 'a', 'Client 2').hover();
  const lit = await lights(page, 'a');
  const of = (name) => Object.entries(lit).find(([label]) => label.startsWith(name))[1];
  expect([of('Client 2'), of('Client 1'), of('“copy of v1”'), of('Node B finds v0')]).toEqual([
    'itself',
    'apart',
    'apart',
    'cause',
  ]);
  await expect(caused(page)).toContainText('No trace of Client 1’s write v1 can have reached it');
  expect(new Set(Object.values(await lights(page, 'c')))).toEqual(new Set(['plain']));
  await page.keyboard.press('Escape');
  expect(new Set(Object.values(await lights(page, 'a')))).toEqual(new Set(['plain']));
});

test('by keyboard alone: to an event, its causes, its menu, a branch, and back', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove');
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('k'); // the last mark of the first stage
  await page.keyboard.press('j');
  const copy = mark(page, 'c', '“copy of v1”');
  for (let tries = 0; tries < 12 && !(await copy.evaluate((it) => it === document.activeElement)); tries += 1) {
    await page.keyboard.press('ArrowUp');
  }
  await expect(copy).toBeFocused();
  await expect(caused(page)).toHaveText(/^“copy of v1”, Node A to Node B, on its way\. May have been influenced by Client 1’s write v1\./);
  await page.keyboard.press('Enter');
  await expect(actMenu(page).getByRole('menuitem', { name: 'deliver now' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(position(page)).toContainText('step 4 of');
  await expect(spoken(page)).toHaveText(/The copy of v1 is dropped on its way\. Neither node is told\./);
  await expect(copy).toBeFocused();

  await page.keyboard.press('a');
  await expect(actMenu(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(acts(page).getByRole('button', { name: 'Act after step 4' })).toBeFocused();
  await branches(page).nth(0).focus();
  await page.keyboard.press('Enter');
  await expect(branches(page).nth(0)).toHaveAttribute('aria-current', 'true');
  await expect(position(page)).toHaveText('step 4 of 9');
  await page.keyboard.press('Control+z');
  await expect(branches(page)).toHaveCount(0);
});

test('the outline leads to its parts, says the dilemma, and marks where one is', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove');
  const part = (name) => outline(page).getByRole('button', { name });
  const seen = [];
  for (const name of ['The write', 'The cut', 'The read', 'Answer or wait?', 'B answers', 'B waits']) {
    await part(name).click();
    await expect(part(name)).toHaveAttribute('aria-current', 'step');
    await expect(outline(page).locator('[aria-current]')).toHaveCount(1);
    seen.push((await verdicts(page)).step);
  }
  expect(seen).toEqual([1, 4, 5, 6, 7, 8]);
  await part('Answer or wait?').click();
  await expect(spoken(page)).toHaveText(/^Step 6\. Node B holds v0 and has heard nothing from Node A\./);
  await stepTo(page, 4);
  await act(page, 'Node B', 'crash');
  await expect(part('Answer or wait?')).toBeDisabled();
  await branches(page).first().click();
  await stepTo(page, 4);
  await act(page, 'Client 2', 'write');
  await part('Answer or wait?').click();
  await expect(spoken(page)).toHaveText(/^Step \d+\. /);
  await expect(spoken(page)).not.toHaveText(/has heard nothing/); // it has v2 of its own
});

test('at the end each operation that the checker could place has its number, and the stale read has none', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove');
  await expect(page.locator('.point')).toHaveCount(0);
  await page.keyboard.press('End');
  for (const side of ['c', 'a']) await expect(page.locator(`.stage[data-side=${side}] .point`)).toHaveText(['1']);
  await stepTo(page, 3);
  await act(page, /copy of v1/, 'deliver now');
  await page.keyboard.press('End');
  await expect(page.locator('.stage[data-side=a] .point')).toHaveText(['1', '2']);
});

test('the list of all steps tells what the diagrams show, and lights them up', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove');
  await page.keyboard.press('End');
  await page.getByText('All steps so far, in words').click();
  const steps = page.locator('.steps li button');
  await expect(steps).toHaveCount(9);
  await page.mouse.move(0, 0);
  await steps.nth(3).focus();
  const lit = await lights(page, 'a');
  expect(Object.entries(lit).find(([label]) => label.startsWith('Link cut'))[1]).toBe('itself');
  await steps.nth(3).press('Enter');
  await expect(position(page)).toHaveText('step 4 of 9');
});

test('a link that was made before there were branches still opens', async ({ lab }) => {
  const { page } = lab;
  await page.addInitScript(() => localStorage.setItem('partition-lab/prove/walk', '{"step":10,"healed":9}'));
  await lab.open('#/prove');
  await expect(position(page)).toContainText('step 10 of');
  expect(await narration(page, AVAILABLE)).toMatch(/works again/);
  await expect(acts(page).getByRole('button', { name: 'Undo: healed the link' })).toBeVisible();
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
