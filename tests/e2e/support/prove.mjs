// The room Prove, as a person reads it.

import { expect } from '@playwright/test';

/** The titles of the two sides, in the order of `partitionLab.verdicts().sides`. */
export const SIDES = ['If B chooses consistency', 'If B chooses availability'];

/** "step 3 of 9". */
export const position = (page) => page.getByRole('group', { name: 'Steps' }).getByText(/^step \d+ of \d+$/);

export const scrubber = (page) => page.getByRole('slider', { name: 'Step' });

/** The live region. */
export const spoken = (page) => page.getByRole('status');

const verdictsOf = (page, side) => page.getByRole('region', { name: SIDES[side], exact: true });
const gauge = (page, side, letter) => verdictsOf(page, side).locator(`[data-gauge=${letter}]`);

/** The link in a violated gauge. */
export const jump = (page, side, letter) => gauge(page, side, letter).getByRole('button');

/** Both gauges of a side as they are shown: what they read, and why. */
export async function gauges(page, side) {
  const shown = async (letter, name) => {
    const [first, ...rest] = await gauge(page, side, letter).locator('p').allTextContents();
    return { reading: first.replace(name, '').trim(), why: rest.join(' ').trim() };
  };
  return { C: await shown('C', 'Consistency'), A: await shown('A', 'Availability') };
}

/** How a gauge words a reading of the interface. */
export function reading(gauge) {
  if (typeof gauge.reading === 'object') return `violated at step ${gauge.reading.violated}`;
  return { not_decided: 'not decided yet', holds_so_far: 'holds so far', holds: 'holds' }[gauge.reading];
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
