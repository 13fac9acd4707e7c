// “Run my diagram”: the learner's own picture runs, and what is told of it is what the command line tells.

import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { turnTo } from './support/draw.mjs';
import { load, TEMPLATE, TEMPLATE_FILE } from './support/interface.mjs';
import { expect, test } from './support/page.mjs';
import { printRun } from './support/program.mjs';
import { position, scrubber } from './support/prove.mjs';

/** The consistent side of the template, which tells its client that all is well. */
const ACKNOWLEDGES = TEMPLATE.slice(0, TEMPLATE.indexOf('subgraph AP_System')).replace('3. Return Write Error', '3. HTTP 200 OK');

const runButton = (page) => page.getByRole('button', { name: 'Run my diagram' });
const backButton = (page) => page.locator('#run');
const play = (page) => page.getByRole('button', { name: 'Play', exact: true });
const strip = (page, system) => page.getByRole('region', { name: system, exact: true });
const gauge = (page, system, letter) => strip(page, system).locator(`[data-gauge=${letter}]`);
const told = (page) => page.locator('.run-said');

/** The arrows that something travels at the step that is shown. */
const travelling = (page) => page.locator('.token').evaluateAll((all) => all.map((it) => Number(it.dataset.edge)));
const holding = (page) =>
  page.locator('.value').evaluateAll((all) => Object.fromEntries(all.map((it) => [it.dataset.node, it.textContent.trim()])));

/** Resolves when nothing moves any more. */
const arrived = (page) =>
  page.evaluate(() => Promise.all(globalThis.document.getAnimations().map((it) => it.finished)).then(() => undefined));

/** Opens the run of a drawing, at its start and still. */
async function run(lab, text) {
  await lab.open('#/draw');
  if (text) await load(lab.page, text);
  await runButton(lab.page).click();
  await expect(play(lab.page).or(lab.page.getByRole('button', { name: 'Pause' }))).toBeFocused();
  await lab.page.keyboard.press('Home');
}

/** The story that the command line prints, scene by scene: the arrows that are travelled, and what is told. */
async function story(file) {
  const text = await printRun('story', file);
  const [scenes, ...ends] = text.split(/\n\n/);
  return {
    scenes: scenes.split(/^Scene \d+ of \d+$/m).slice(1).map((scene) => ({
      arrows: [...scene.matchAll(/\(arrow (\d+)\)$/gm)].map(([, number]) => Number(number) - 1),
      words: [...scene.matchAll(/^ {2}([^ ].*?): (.*)$/gm)].map(([, system, words]) => [system, words.replaceAll('`', '')]),
    })),
    ends,
  };
}

test('the template runs to its end as the command line says: arrows, words, values, gauges', async ({ lab }) => {
  const { page } = lab;
  await run(lab, TEMPLATE);
  const { scenes } = await story(TEMPLATE_FILE);
  const travelled = new Set();
  for (const [step, scene] of scenes.entries()) {
    if (step > 0) await page.keyboard.press('ArrowRight');
    await expect(position(page)).toHaveText(`step ${step} of ${scenes.length - 1}`);
    expect(await travelling(page)).toEqual(scene.arrows);
    for (const [system, words] of scene.words) {
      await expect(strip(page, system)).toContainText(words);
      await expect(told(page)).toContainText(words);
    }
    for (const arrow of scene.arrows) travelled.add(arrow);
    const ahead = await page.locator('.travelled[data-state=ahead]').evaluateAll((all) => all.map((it) => Number(it.dataset.edge)));
    expect(ahead.some((arrow) => travelled.has(arrow))).toBe(false);
  }
  expect([...travelled].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(await holding(page)).toEqual({
    NodeA_CP: 'value = v0',
    NodeB_CP: 'value = v0',
    NodeA_AP: 'value = v1',
    NodeB_AP: 'value = v2',
  });
  await expect(gauge(page, 'CP System', 'C')).toContainText('holds in this run');
  await expect(gauge(page, 'CP System', 'A')).toContainText('violated at step 3');
  await expect(gauge(page, 'CP System', 'A')).toContainText('Node A has not failed, yet it refused Client.');
  await expect(gauge(page, 'AP System', 'C')).toContainText('holds');
  await expect(gauge(page, 'AP System', 'A')).toContainText('2 of 2 requests answered without an error.');
  await expect(page.getByText('All of it is true', { exact: true })).toHaveCount(2);
  await expect(strip(page, 'AP System')).toContainText('the nodes have diverged: Node A holds v1 and Node B holds v2');

  // And back again: what was to be seen is seen again.
  for (const step of [2, 1, 0]) {
    await page.keyboard.press('ArrowLeft');
    await expect(position(page)).toContainText(`step ${step} of`);
    expect(await travelling(page)).toEqual(scenes[step].arrows);
  }
});

test('a lost message stops at the cut, and an answer goes back along its own arrow', async ({ lab }) => {
  const { page } = lab;
  await run(lab, TEMPLATE);
  await scrubber(page).fill('2');
  const fates = await page.locator('.token').evaluateAll((all) => all.map((it) => [Number(it.dataset.edge), it.dataset.fate]));
  expect(fates).toEqual([
    [1, 'lost'],
    [5, 'arrives'],
    [7, 'lost'],
    [6, 'arrives'],
    [7, 'lost'],
  ]);
});

test('a consistent side that acknowledges is told, from the start, where it stops being true, and there why', async ({ lab }) => {
  const { page } = lab;
  await run(lab, ACKNOWLEDGES);
  await expect(page.getByText('Not what happens.')).toHaveCount(0);
  await page.getByRole('button', { name: 'Stops being true at your step 3' }).click();
  await expect(position(page)).toHaveText('step 3 of 3');
  const claim = page.locator('.claim');
  await expect(claim).toContainText('Not what happens. At step 3 the picture says that Node A answers “HTTP 200 OK”.');
  await expect(claim).toContainText('so it refuses: quorum loss');
  await expect(claim).toHaveAttribute('data-edge', '2');
  await expect(page.locator('.travelled.false')).toHaveAttribute('data-edge', '2');
  await expect(page.locator('.token')).toHaveText('error');
  await expect(told(page)).toContainText('Not what happens: At step 3');
  await page.keyboard.press('ArrowLeft');
  await expect(page.locator('.travelled.false')).toHaveCount(0);
});

test('an empty canvas says kindly what to draw, and leads back', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/draw');
  await runButton(page).click();
  await expect(page.getByRole('heading', { name: 'Nothing can run yet' })).toBeVisible();
  await expect(page.getByText('“1. Write \'v1\'”').first()).toBeVisible();
  const back = page.getByRole('region', { name: 'Run', exact: true }).getByRole('button', { name: 'Back to drawing' });
  await expect(back).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#canvas')).toBeVisible();
  await expect(runButton(page)).toBeFocused();
});

test('by keyboard alone: run, walk, space-time, and Escape returns with the focus; Draw leaves the keys alone', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/draw');
  await load(page, TEMPLATE);
  const before = await page.evaluate(() => globalThis.partitionLab.exportMermaid('module'));
  await runButton(page).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeFocused(); // it plays
  await page.keyboard.press('End');
  await expect(position(page)).toHaveText('step 3 of 3');
  for (const key of ['c', 'n', 'm', 'Delete', 'Control+a', 'Control+d', 'Delete', 'Control+z']) await page.keyboard.press(key);
  await page.getByRole('button', { name: 'Space-time' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('img', { name: /^Space-time diagram/ })).toHaveCount(2);
  await page.keyboard.press('Escape');
  await expect(page.locator('#canvas')).toBeVisible();
  await expect(runButton(page)).toBeFocused();
  expect(await page.evaluate(() => globalThis.partitionLab.exportMermaid('module'))).toBe(before);

  await page.keyboard.press('Enter'); // how it is shown is remembered
  await expect(page.getByRole('button', { name: 'Space-time' })).toHaveAttribute('aria-pressed', 'true');
});

test('it plays by itself from the start to the end', async ({ lab }) => {
  const { page } = lab;
  await page.clock.install();
  await lab.open('#/draw');
  await load(page, TEMPLATE);
  await runButton(page).click();
  await expect(page.getByRole('button', { name: 'Pause' })).toBeFocused();
  await page.clock.runFor(25_000);
  await expect(position(page)).toHaveText('step 3 of 3');
  await expect(play(page)).toBeVisible();
});

test('a text that is changed while it runs is followed, and the cursor stays inside', async ({ lab }) => {
  const { page } = lab;
  await run(lab, TEMPLATE);
  await page.keyboard.press('End');
  await turnTo(page, 'Mermaid');
  const field = page.getByRole('textbox', { name: 'The diagram as Mermaid' });
  await field.fill(TEMPLATE.replace('3. Return Write Error', '3. HTTP 200 OK'));
  await expect(page.locator('.claim')).toContainText('At step 3');
  await expect(position(page)).toHaveText('step 3 of 3');
  await field.fill('graph TD\nC[Client] -->|1. Write v1| A[Node A]\nA --> B[Node B]\nA -->|2. OK| C\n');
  await expect(page.locator('.run-system')).toHaveCount(1);
  await expect(position(page)).toHaveText(/^step (\d+) of \d+$/);
  const [, step, last] = (await position(page).textContent()).match(/step (\d+) of (\d+)/);
  expect(Number(step)).toBeLessThanOrEqual(Number(last));
});

test('the run is the third export, as the command line prints it, until the drawing changes', async ({ lab }) => {
  const { page } = lab;
  await run(lab, TEMPLATE);
  await backButton(page).click();
  await turnTo(page, 'Mermaid');
  await page.getByRole('button', { name: 'Sequence', exact: true }).click();
  const folder = await mkdtemp(join(tmpdir(), 'partition-lab-'));
  const file = join(folder, 'template.mmd');
  await writeFile(file, TEMPLATE);
  expect(await page.locator('#text-sequence').innerText()).toContain('sequenceDiagram');
  expect((await page.locator('#text-sequence').textContent()).trim()).toBe((await printRun('sequence', file)).trim());
  await load(page, ACKNOWLEDGES);
  await expect(page.getByText('Run the diagram to get its sequence diagram.')).toBeVisible();
});

test('a run that is left for another room is where it was', async ({ lab }) => {
  const { page } = lab;
  await run(lab, TEMPLATE);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.getByRole('link', { name: 'Prove', exact: true }).click();
  await expect(page).toHaveURL(/#\/prove$/);
  await page.getByRole('link', { name: 'Draw', exact: true }).click();
  await expect(position(page)).toHaveText('step 2 of 3');
});

test('a link to a run opens its step', async ({ lab, browser }) => {
  const { page } = lab;
  await run(lab, TEMPLATE);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const link = await page.getByRole('textbox', { name: 'Link' }).inputValue();
  const fresh = await browser.newPage();
  await fresh.goto(link);
  await expect(position(fresh)).toHaveText('step 2 of 3');
  await expect(fresh.locator('.token')).toHaveCount(5);
  await fresh.close();
});

test.describe('with reduced motion', () => {
  test.use({ reducedMotion: 'reduce' });
  test('nothing glides and nothing plays by itself; what travels stands where it arrives', async ({ lab }) => {
    const { page } = lab;
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await run(lab, TEMPLATE);
    await expect(play(page)).toBeVisible();
    await page.keyboard.press('ArrowRight');
    await expect(page.locator('.token')).toHaveCount(3);
    const animated = await page.locator('.token').evaluateAll((all) => all.flatMap((it) => it.getAnimations()).length);
    expect(animated).toBe(0);
    const token = await page.locator('.token').first().boundingBox();
    const card = await page.locator('.card', { hasText: 'Node A' }).first().boundingBox();
    expect(Math.abs(token.y + token.height - card.y)).toBeLessThan(30);
  });
});

for (const theme of ['dark', 'light']) {
  test(`no barriers that axe finds, ${theme}`, async ({ lab }) => {
    const { page } = lab;
    await lab.open('#/draw', { theme });
    await load(page, TEMPLATE.replace('3. Return Write Error', '3. HTTP 200 OK'));
    await runButton(page).click();
    await expect(position(page)).toBeVisible();
    await page.keyboard.press('End');
    for (const shown of ['Picture', 'Space-time']) {
      await page.getByRole('button', { name: shown, exact: true }).click();
      await arrived(page);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map((it) => it.html)])).toEqual([]);
    }
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  test('it runs, nothing is wider than the screen, and it leads back', async ({ lab }) => {
    const { page } = lab;
    await lab.open('#/draw');
    await load(page, TEMPLATE);
    await runButton(page).tap();
    await expect(position(page)).toBeVisible();
    await page.getByRole('button', { name: 'To the end' }).tap();
    await expect(position(page)).toHaveText('step 3 of 3');
    await expect(page.locator('.token')).toHaveCount(1);
    expect(await page.evaluate(() => globalThis.document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.getByRole('button', { name: 'Back to drawing' }).tap();
    await expect(page.locator('#canvas')).toBeVisible();
  });
});
