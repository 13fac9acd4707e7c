// Who works by keyboard or by ear is never thrown back to the top of the page, and is told what has changed.

import AxeBuilder from '@axe-core/playwright';
import { setting } from './support/game.mjs';
import { load, TEMPLATE, verdicts } from './support/interface.mjs';
import { expect, test } from './support/page.mjs';
import { act, actMenu, acts, branches, caused, jump, lights, mark, position, scrubber, spoken, stepTo } from './support/prove.mjs';

const key = (page, name) => page.getByRole('group', { name: 'Steps' }).getByRole('button', { name, exact: true });
const here = (page) => page.locator(':focus');
const opener = (page) => acts(page).getByRole('button', { name: /^Act after step/ });
const keep = (page, name, what) =>
  page.addInitScript(([path, text]) => globalThis.localStorage.setItem(path, text), [`partition-lab/prove/${name}`, JSON.stringify(what)]);

/** So many branches, each with one act. */
const manyActs = (count) => Array.from({ length: count }, () => [0, 1, 'cut']);

const rooms = ['walk', 'view', 'outcomes', 'beat', 'beyond'].map((name) => [name, (lab) => lab.open(`#/prove/${name}`)]);
const run = async (lab) => {
  await lab.open('#/draw');
  await load(lab.page, TEMPLATE);
  await lab.page.getByRole('button', { name: 'Run my diagram' }).click();
  await expect(position(lab.page)).toBeVisible();
};
for (const [name, open] of [...rooms, ['the run of a drawing', run]]) {
  test(`the transport keeps the focus at either end: ${name}`, async ({ lab }) => {
    const { page } = lab;
    await open(lab);
    for (const [last, still] of [['To the start', 'Step back'], ['To the end', 'Step forward']]) {
      await page.keyboard.press(last === 'To the start' ? 'End' : 'Home');
      await key(page, last).focus();
      await page.keyboard.press('Enter');
      await expect(key(page, last)).toBeFocused();
      await expect(key(page, last)).toBeDisabled();
      await expect(key(page, still)).toBeDisabled();
      await expect(key(page, last)).toHaveCSS('opacity', '0.42');
      const where = await position(page).textContent();
      await page.keyboard.press('Enter'); // does nothing now
      await expect(key(page, last)).toBeFocused();
      await expect(position(page)).toHaveText(where);
    }
  });
}

test('a button that leads nowhere does nothing to a run that plays', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove');
  await key(page, 'Play').click();
  await key(page, 'Step back').click({ force: true });
  await expect(key(page, 'Pause')).toBeVisible();
});

test('Next and Previous keep the focus on the last and the first page beyond', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove/beyond');
  const next = page.getByRole('button', { name: 'Next' });
  const previous = page.getByRole('button', { name: 'Previous' });
  await expect(previous).toBeDisabled();
  for (const [button, other] of [[next, previous], [previous, next]]) {
    await button.focus();
    for (let turn = 0; turn < 4; turn += 1) await page.keyboard.press('Enter');
    await expect(button).toBeDisabled();
    await expect(button).toBeFocused();
    const title = await page.getByRole('heading', { level: 1 }).textContent();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
    await expect(other).toBeEnabled();
  }
});

test('a gauge has the focus when its way to the violation goes: walk, beyond and the run of a drawing', async ({ lab }) => {
  const { page } = lab;
  const isGauge = async (link) => {
    await page.keyboard.press('End');
    await link.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowLeft');
    await expect(link).toHaveCount(0);
    await expect(here(page)).toHaveClass(/gauge/);
  };
  await lab.open('#/prove');
  await isGauge(jump(page, 1, 'C'));
  await expect(here(page)).toHaveAttribute('data-gauge', 'C');
  await page.keyboard.press('Tab'); // on from where one was
  await expect(page.locator('[data-side=a] [data-gauge=C]').getByRole('button', { name: /^Why/ })).toBeFocused();
  await page.goto('about:blank');
  await lab.open('#/prove/beyond');
  await isGauge(page.locator('[data-gauge=C] .link'));
  await page.goto('about:blank');
  await run(lab);
  await isGauge(page.locator('[data-system="0"] [data-gauge=A] .link'));
});

test('a gauge has the focus when its way to the violation goes: beat', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove/beat');
  await page.locator('.compose-act .try').click();
  const link = page.locator('.gauge .link');
  await expect(link).toHaveCount(1);
  await link.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowLeft');
  await expect(link).toHaveCount(0);
  await expect(here(page)).toHaveClass(/gauge/);
});

test('the panel has the focus when what follows from a rule goes', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove/view');
  await page.keyboard.press('End');
  const why = page.locator('.consequence').getByRole('button', { name: /^Why/ });
  await why.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(why).toHaveCount(0);
  await expect(here(page)).toHaveClass(/panel/);
});

for (const [name, go] of [
  ['Home', (page) => page.keyboard.press('Home')],
  ['the arrows', async (page) => {
    for (let step = 0; step < 9; step += 1) await page.keyboard.press('ArrowLeft');
  }],
]) {
  test(`the stage has the focus when the mark that had it goes, by ${name}, and the keys lead on from there`, async ({ lab }) => {
    const { page } = lab;
    await lab.open('#/prove');
    await page.keyboard.press('End');
    await page.keyboard.press('k'); // the last mark
    await expect(here(page)).toHaveClass(/mark/);
    await go(page);
    await expect(position(page)).toContainText('step 0 of');
    await expect(here(page)).toHaveClass(/stage/);
    await page.keyboard.press('ArrowRight');
    await expect(position(page)).toContainText('step 1 of');
    await page.keyboard.press('Tab'); // there is always a mark to come to
    await expect(here(page)).toHaveClass(/mark/);
  });
}

test('the mark that has the focus stays pointed at from step to step, as long as it is there', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove');
  await page.keyboard.press('End');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  const name = await here(page).getAttribute('aria-label');
  const words = await caused(page).textContent();
  await page.keyboard.press('ArrowLeft');
  await expect(position(page)).toHaveText('step 8 of 9');
  await expect(here(page)).toHaveAttribute('aria-label', name);
  await expect(caused(page)).toHaveText(words);
  expect((await lights(page, 'c'))[name]).toBe('itself');
  await page.keyboard.press('Escape');
  await expect(caused(page)).toContainText('Point at anything');
});

test('a click on a stage or a gauge does not give it a focus to be drawn', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove');
  await page.keyboard.press('End');
  await page.keyboard.press('k');
  await page.keyboard.press('Home');
  const stage = page.locator('.stage[data-side=a]');
  for (const element of [stage, page.locator('[data-side=a] [data-gauge=C] .gauge-name')]) {
    await element.click({ position: { x: 8, y: 8 } });
    await page.keyboard.press('ArrowRight');
    await expect(page.locator('.stage:focus, .gauge:focus')).toHaveCount(0);
  }
});

test('what the mouse points at is forgotten with the step', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove');
  await page.keyboard.press('End');
  await mark(page, 'a', 'Client 2').hover();
  await expect(caused(page)).toContainText('Client 2');
  await page.keyboard.press('Home'); // nothing is there any more
  await expect(caused(page)).toContainText('Point at anything');
});

test('undoing gives the focus to Act, by key as by button, from a branch that goes too', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove');
  const undo = acts(page).getByRole('button', { name: /^Undo/ });
  const ways = [
    [undo, 'Enter'],
    [undo, 'Control+z'],
    [branches(page).nth(1), 'Control+z'],
    [acts(page).getByRole('button', { name: 'Start over' }), 'Enter'],
  ];
  for (const [button, press] of ways) {
    await stepTo(page, 4);
    await act(page, 'Node B', 'crash');
    await button.focus();
    await page.keyboard.press(press);
    await expect(branches(page), press).toHaveCount(0);
    await expect(opener(page), press).toBeFocused();
  }
  await acts(page).getByRole('button', { name: 'Redo' }).focus();
  await page.keyboard.press('Enter');
  await expect(branches(page)).toHaveCount(2);
  await expect(here(page)).toHaveAttribute('id', 'walk-act');
});

test('with as many acts as there can be, Act keeps the focus and says why it does nothing', async ({ lab }) => {
  const { page } = lab;
  await keep(page, 'walk', { step: 2, acts: manyActs(39) });
  await lab.open('#/prove');
  const why = 'That is as much as a link to this page can hold. Undo something, or start over.';
  await act(page, 'Node B', 'crash'); // the fortieth
  await expect(opener(page)).toBeFocused();
  await expect(opener(page)).toBeDisabled();
  await expect(caused(page)).not.toHaveText(why);
  await page.keyboard.press('Enter');
  await expect(caused(page)).toHaveText(why);
  await expect(caused(page)).toHaveAttribute('aria-live', 'polite');
  await expect(caused(page)).toBeInViewport();
  await expect(actMenu(page)).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(caused(page)).not.toHaveText(why);
  await page.keyboard.press('a');
  await expect(caused(page)).toHaveText(why);
  await expect(opener(page)).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await acts(page).getByRole('button', { name: 'Cut the link' }).press('Enter');
  await expect(caused(page)).toHaveText(why);
  await expect(branches(page)).toHaveCount(41);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
  await page.keyboard.press('Control+z');
  await expect(branches(page)).toHaveCount(40);
  await opener(page).click();
  await expect(actMenu(page)).toBeVisible();
});

test('the list of branches shows the one that one is on, and the page does not move', async ({ lab }) => {
  const { page } = lab;
  await keep(page, 'walk', { step: 2, branch: 30, acts: manyActs(39) });
  await lab.open('#/prove');
  const current = branches(page).and(page.locator('[aria-current]'));
  await expect(current).toBeInViewport({ ratio: 1 });
  await act(page, 'Node B', 'crash'); // a branch at the end of the list
  await expect(current).toContainText('crashed Node B');
  await expect(current).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Control+z');
  await expect(current).toBeInViewport({ ratio: 1 });
  await acts(page).getByRole('button', { name: 'Start over' }).click();
  for (let redo = 0; redo < 20; redo += 1) await page.keyboard.press('Control+y');
  await expect(branches(page)).toHaveCount(21);
  await expect(current).toBeInViewport({ ratio: 1 });
  expect(await page.evaluate(() => [globalThis.scrollY, globalThis.document.querySelector('main').scrollTop])).toEqual([0, 0]);
  expect((await verdicts(page)).step).toBeGreaterThan(0);
});

const idea = (page, name) => page.getByRole('group', { name: 'Ideas to start from' }).getByRole('button', { name });
const tried = (page) => page.locator('.compose-act .try');
/** What the gauges of the run on the stage come to, in words. */
const calm = async (page) => {
  const stands = async (letter) =>
    (await page.locator(`.beat [data-gauge=${letter}]`).getAttribute('class')).includes('violated') ? 'is violated' : 'holds';
  return `With nothing lost: consistency ${await stands('C')}, availability ${await stands('A')}.`;
};

test('an idea that is taken up is said, with how the promises stand in fair weather', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove/beat');
  for (const name of ['Wait for ever', 'Quorum', 'Local first']) {
    await idea(page, name).click();
    await expect(page.getByRole('heading', { name, level: 2 })).toBeVisible();
    await expect(spoken(page)).toHaveText(`${name}. ${await calm(page)}`);
  }
  await tried(page).click();
  await expect(spoken(page)).toHaveText(/^Broken/);
  const next = page.locator('.compose-act .next');
  const title = (await next.textContent()).replace('Next idea: ', '').trim();
  await next.click();
  await expect(spoken(page)).toHaveText(`${title}. ${await calm(page)}`);
});

test('a rule or a setting that is changed is said, and the run before is not', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove/beat');
  const changes = [
    () => page.locator('.rules').getByLabel('On a read').selectOption({ label: 'Refuse it' }),
    () => setting(page, 'Network').selectOption({ index: 1 }),
    () => page.getByRole('button', { name: 'Both nodes the same' }).click(),
  ];
  await page.locator('.settings summary').click();
  for (const [at, change] of changes.entries()) {
    if (at === 2) {
      await page.getByRole('button', { name: 'Each its own' }).click();
      await page.getByRole('group', { name: 'Node B' }).getByLabel('On a read').selectOption({ index: 0 });
    }
    await tried(page).click();
    await expect(spoken(page)).toHaveText(/^(Broken|No run)/);
    await change();
    await expect(page.getByRole('heading', { name: 'With nothing lost' })).toBeVisible();
    await expect(spoken(page)).toHaveText(`Changed. ${await calm(page)}`);
    if (at === 0) await expect(spoken(page)).toHaveText(/availability is violated\.$/); // not one sentence for all
  }
});

const cells = (page) => page.locator('.strategies button.cell');
const turn = (page, name) => page.getByRole('region', { name: /^Every strategy/ }).getByRole('button', { name, exact: true });

test('a table that is filled keeps what one has tried, and one press takes the filling back', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove/beat');
  await tried(page).click();
  await expect(cells(page)).toHaveCount(1);
  await turn(page, 'Fill the table').press('Enter');
  await expect(cells(page)).toHaveCount(12);
  await page.keyboard.press('Enter'); // a press too many
  await expect(cells(page)).toHaveCount(1);
  await expect(page.locator('.cell.tried')).toHaveCount(1);
  await turn(page, 'Fill the table').click();
  await expect(cells(page)).toHaveCount(12);
  await expect(turn(page, 'Empty the table')).toHaveCount(0);
  await page.locator('.cell:not(.tried)').first().click();
  await expect(page.getByRole('button', { name: 'Back to my rules' })).toBeVisible();
  await turn(page, 'Keep only mine').press('Enter');
  await expect(spoken(page)).toHaveText('Only what you tried is left: 1 of 12.');
  await expect(page.getByRole('heading', { name: 'The run that breaks it' })).toBeVisible();
  await expect(turn(page, 'Fill the table')).toBeFocused();
});

test('a table that is emptied comes back, also after a reload, until something else is tried', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove/beat');
  await expect(turn(page, 'Empty the table')).toHaveCount(0); // nothing to empty
  await tried(page).click();
  await expect(cells(page)).toHaveCount(1);
  const undo = turn(page, 'Undo: emptied the table');
  await turn(page, 'Empty the table').focus();
  const before = await turn(page, 'Empty the table').boundingBox();
  await page.keyboard.press('Enter');
  await expect(spoken(page)).toHaveText('The table is empty. Undo brings back what you tried.');
  await expect(cells(page)).toHaveCount(0);
  await expect(undo).toBeFocused();
  const after = await undo.boundingBox();
  expect(Math.abs(after.y - before.y)).toBeLessThan(before.height / 2); // the table below it is a little less high
  expect(after.x + after.width).toBeCloseTo(before.x + before.width);
  await page.keyboard.press('Enter');
  await expect(cells(page)).toHaveCount(1);
  await expect(spoken(page)).toHaveText('What you tried is back: 1 of 12.');

  await page.keyboard.press('Enter');
  await lab.reload();
  await expect(cells(page)).toHaveCount(0);
  await undo.click();
  await expect(page.locator('.cell.tried')).toHaveCount(1);
  await turn(page, 'Empty the table').click();
  await turn(page, 'Fill the table').click();
  await turn(page, 'Keep only mine').click();
  await expect(undo).toBeVisible();
  await tried(page).click();
  await expect(cells(page)).toHaveCount(1);
  await expect(undo).toHaveCount(0);
});

for (const width of [1440, 1024]) {
  test(`the buttons of the table stand in one row beside its title, ${width}`, async ({ lab }) => {
    const { page } = lab;
    await page.setViewportSize({ width, height: 768 });
    await lab.open('#/prove/beat');
    await tried(page).click();
    await expect(turn(page, 'Empty the table')).toBeVisible();
    const tops = await page.locator('.strategies header button').evaluateAll((all) => all.map((it) => it.getBoundingClientRect().top));
    expect(new Set(tops).size).toBe(1);
    const spill = await page.locator('.strategies header').evaluate((it) => it.scrollWidth - it.clientWidth);
    expect(spill).toBe(0);
  });
}

for (const route of ['#/prove', '#/prove/beat', '#/prove/beyond']) {
  test(`axe finds nothing to object to at either end: ${route}`, async ({ lab }) => {
    const { page } = lab;
    await lab.open(route);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    for (const end of ['Home', 'End']) {
      await page.keyboard.press(end);
      await expect(scrubber(page)).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]), end).toEqual([]);
    }
  });
}
