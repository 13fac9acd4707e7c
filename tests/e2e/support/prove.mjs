// The room Prove, as a person reads it.

import { expect } from '@playwright/test';
import { verdicts } from './interface.mjs';

/** The titles of the two sides, in the order of `partitionLab.verdicts().sides`. */
export const SIDES = ['If B chooses consistency', 'If B chooses availability'];

const NAMES = { C: 'Consistency', A: 'Availability' };

/** "step 3 of 9". */
export const position = (page) => page.getByRole('group', { name: 'Steps' }).getByText(/^step \d+ of \d+$/);

export const scrubber = (page) => page.getByRole('slider', { name: 'Step' });

/** The live region. */
export const spoken = (page) => page.getByRole('status');

const verdictsOf = (page, side) => page.getByRole('region', { name: SIDES[side], exact: true });
const gauge = (page, side, letter) => verdictsOf(page, side).locator(`[data-gauge=${letter}]`);

/** The link in a violated gauge. */
export const jump = (page, side, letter) => gauge(page, side, letter).getByRole('button', { name: /^violated at/ });

/** Both gauges of a side as they are shown: what they read, and why. */
export async function gauges(page, side) {
  const shown = await verdictsOf(page, side)
    .locator('[data-gauge]')
    .evaluateAll((all) => all.map((it) => [it.dataset.gauge, ...[...it.querySelectorAll('p')].map((p) => p.textContent)]));
  return Object.fromEntries(
    shown.map(([letter, reads, why]) => [letter, { reads: reads.replace(NAMES[letter], '').trim(), why: why.trim() }]),
  );
}

/** How a gauge shows what the interface says. */
export function worded({ reading, why }) {
  const plain = { not_decided: 'not decided yet', holds_so_far: 'holds so far', holds: 'holds in this run' };
  const reads = typeof reading === 'object' ? `violated at step ${reading.violated}` : plain[reading];
  return { reads, why: why.replaceAll('`', '') };
}

/** What is told of a side at this step. The live region names the sides only where they differ. */
export async function narration(page, side) {
  const said = (await spoken(page).textContent()).replace(/^Step \d+\. /, '');
  const parts = said.split(/(If B chooses (?:consistency|availability)): /);
  if (parts.length === 1) return said;
  const at = parts.indexOf(SIDES[side]);
  return at < 0 ? '' : parts[at + 1].trim();
}

/** Goes to a step by the scrubber. */
export async function stepTo(page, step) {
  await scrubber(page).fill(String(step));
  await expect(position(page)).toContainText(`step ${step} of`);
}

/** Walks on to the end, a step at a time; hands over the number of each step, the one it begins at included. */
export async function* walk(page) {
  const { step: first, steps } = await verdicts(page);
  for (let step = first; step <= steps; step += 1) {
    if (step > first) await page.keyboard.press('ArrowRight');
    await expect(position(page)).toHaveText(`step ${step} of ${steps}`);
    yield step;
  }
}

/** Below the stages: what can be done. */
export const acts = (page) => page.getByRole('toolbar', { name: 'What you can do' });

/** The menu of what can be done, when it is open. */
export const actMenu = (page) => page.getByRole('menu', { name: 'What to do' });

/** What led to what one points at. */
export const caused = (page) => acts(page).locator('.caused');

/** Does something just after this step, by the menu: `act(page, 'Client 2', 'read')`. */
export async function act(page, subject, name) {
  await acts(page).getByRole('button', { name: /^Act after step/ }).click();
  await actMenu(page).getByRole('group', { name: subject }).getByRole('menuitem', { name }).click();
  await expect(actMenu(page)).toHaveCount(0);
}

/** The branches, each as a button; there are none as long as there is only the scenario. */
export const branches = (page) => page.getByRole('navigation', { name: 'Branches' }).getByRole('button');

/** The mark of a side whose name begins like that. @param {'c' | 'a'} side */
export const mark = (page, side, name) => page.locator(`[data-side=${side}] .mark[aria-label^="${name}"]`);

/** How the marks of a side stand to the one that is pointed at: `{ 'Client 2, asked …': 'itself' }`. */
export const lights = (page, side) =>
  page.locator(`.stage[data-side=${side}] .mark`).evaluateAll((all) =>
    Object.fromEntries(
      all.map((it) => [
        it.getAttribute('aria-label'),
        ['itself', 'cause', 'effect', 'apart'].find((light) => it.classList.contains(light)) ?? 'plain',
      ]),
    ),
  );

/** The outline of the scenario. */
export const outline = (page) => page.getByRole('navigation', { name: 'The scenario in outline' });
