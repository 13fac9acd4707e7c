// The room Draw, as a person handles it: tools, places on the canvas, the field a label is written in, the inspector.

import { expect } from '@playwright/test';

/** The part of the canvas that shows a node, an edge (by its index) or a system. */
export const node = (page, id) => page.locator(`#part-node-${id}`);
export const edge = (page, index) => page.locator(`#part-edge-${index}`);
export const system = (page, id) => page.locator(`#part-subgraph-${id}`);

/** A tool, by its name: Select, Client, Node, Message, Lost. */
export const tool = (page, name) =>
  page.getByRole('toolbar', { name: 'Tools' }).getByRole('button', { name, exact: true });
export const undo = (page) => page.getByRole('button', { name: /^Undo/ });
export const redo = (page) => page.getByRole('button', { name: /^Redo/ });

/** The row of fields for what is selected. */
export const inspector = (page) => page.getByRole('group', { name: 'Inspector' });
/** A button of it, by its name: a fill, a fate, Turn round, Delete. */
export const choice = (page, name) => inspector(page).getByRole('button', { name, exact: true });

/** The field that a label is written in, on the canvas. */
export const labelField = (page) => page.getByRole('textbox', { name: /^Label of/ });

/** Turns to a tab of the panel: Goals, Mermaid, Parts. */
export async function turnTo(page, tab) {
  const button = page.getByRole('group', { name: 'What the panel shows' }).getByRole('button', { name: tab, exact: true });
  if ((await button.getAttribute('aria-pressed')) !== 'true') await button.click();
}

/** Begins with something else: Empty canvas, Module’s template, Import. */
export async function startFrom(page, what) {
  await page.getByRole('button', { name: 'Start from', exact: true }).click();
  await page.getByRole('button', { name: what, exact: true }).click();
}

/** The text of a pane as it is shown. @param {'module' | 'portable'} form */
export async function shown(page, form) {
  await turnTo(page, 'Mermaid');
  return page.locator(`#text-${form}`).textContent();
}

/** A place in a system's frame, `across` and `down` from 0 to 1; in pixels of the page. */
export async function placeIn(page, id, across, down) {
  const { x, y, width, height } = await system(page, id).boundingBox();
  return { x: x + width * across, y: y + height * down };
}

/** The middle of a part, in pixels of the page. */
export async function middle(part) {
  const { x, y, width, height } = await part.boundingBox();
  return { x: x + width / 2, y: y + height / 2 };
}

/** Clicks a part in its middle; an edge, on its label. */
export async function click(page, part, times = 1) {
  const label = part.locator('text').first();
  const { x, y } = await middle((await part.getAttribute('id')).startsWith('part-node') ? part : label);
  await page.mouse.click(x, y, { clickCount: times });
}

/** Presses the mouse at one place and lets go at another. */
export async function drag(page, from, to) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2);
  await page.mouse.move(to.x, to.y);
  await page.mouse.up();
}

/** Types into the field that has just opened, and ends with Enter. `before` is what must stand there already. */
export async function writeLabel(page, text, { before } = {}) {
  await expect(labelField(page)).toBeFocused();
  if (before !== undefined) await expect(labelField(page)).toHaveValue(before);
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
  await expect(labelField(page)).toHaveCount(0);
}

/** Presses Tab, and nothing else, until that control has the focus. */
export async function tabTo(page, control) {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    if ((await control.count()) === 1 && (await control.evaluate((it) => it === it.ownerDocument.activeElement))) return;
  }
  throw new Error(`Tab does not reach ${control}`);
}

/** Presses a combination as often as the button that does the same is enabled. Returns how often. */
export async function pressWhile(page, combination, button) {
  let presses = 0;
  while (await button.isEnabled()) {
    if (presses > 200) throw new Error(`${combination} does not come to an end`);
    await page.keyboard.press(combination);
    presses += 1;
  }
  return presses;
}
