// The editor's hands: handles, marquee, copies, zoom, the menu, the list of parts.

import { TEMPLATE, documentOf, exported, load } from './support/interface.mjs';
import {
  choice,
  click,
  drag,
  edge,
  inspector,
  middle,
  node,
  placeIn,
  pressWhile,
  redo,
  tool,
  turnTo,
  undo,
  writeLabel,
} from './support/draw.mjs';
import { expect, test } from './support/page.mjs';

test.beforeEach(async ({ lab }) => {
  await lab.open();
  await load(lab.page, TEMPLATE);
  await expect(node(lab.page, 'NodeB_AP')).toBeVisible();
});

const ids = async (page) => (await documentOf(page)).diagram.nodes.map(({ id }) => id);
const pressed = (page) => page.locator('#canvas .part[aria-pressed="true"]');
const menu = (page) => page.getByRole('menu');

test('a message is drawn by dragging from the middle of a node’s side', async ({ lab: { page } }) => {
  const box = await node(page, 'NodeB_CP').locator('.card-box').boundingBox();
  const to = await middle(node(page, 'Client1'));
  await drag(page, { x: box.x + box.width / 2, y: box.y + 1 }, to);
  await writeLabel(page, 'Late answer', { before: '3. ' });
  expect(await exported(page)).toContain('\nNodeB_CP -->|3. Late answer| Client1\n');
});

test('a tool dragged on to the canvas puts its node where it is let go', async ({ lab: { page } }) => {
  const to = await placeIn(page, 'AP_System', 0.5, 0.5);
  await drag(page, await middle(tool(page, 'Node')), to);
  await writeLabel(page, 'Witness', { before: 'Node C' });
  const stands = await middle(node(page, 'NodeC_AP'));
  expect(Math.hypot(stands.x - to.x, stands.y - to.y)).toBeLessThan(8);
});

test('a rectangle selects what it touches; what is selected moves together, in one step of undo', async ({
  lab: { page },
}) => {
  const [from, to] = [await placeIn(page, 'AP_System', 0.03, 0.6), await placeIn(page, 'AP_System', 0.97, 0.95)];
  await drag(page, from, to);
  await expect(node(page, 'NodeA_AP')).toHaveAttribute('aria-pressed', 'true');
  await expect(node(page, 'NodeB_AP')).toHaveAttribute('aria-pressed', 'true');
  await expect(node(page, 'Client2')).toHaveAttribute('aria-pressed', 'false');
  await expect(inspector(page)).toContainText('parts selected');

  const before = await Promise.all(['NodeA_AP', 'NodeB_AP', 'Client2'].map((id) => middle(node(page, id))));
  await drag(page, before[0], { x: before[0].x + 12, y: before[0].y - 40 });
  const after = await Promise.all(['NodeA_AP', 'NodeB_AP', 'Client2'].map((id) => middle(node(page, id))));
  expect(after[0].y).toBeLessThan(before[0].y - 20);
  expect(after[0].y - before[0].y).toBeCloseTo(after[1].y - before[1].y, 0);
  expect(Math.abs(after[2].y - before[2].y)).toBeLessThan(2);
  await undo(page).click();
  expect((await documentOf(page)).diagram.positions ?? {}).toEqual({});
});

test('Shift adds to the selection, and Delete takes all of it with one step of undo', async ({ lab: { page } }) => {
  await click(page, node(page, 'Client2'));
  await page.keyboard.down('Shift');
  await click(page, node(page, 'Client3'));
  await page.keyboard.up('Shift');
  await expect(pressed(page)).toHaveCount(2);
  await page.keyboard.press('Delete');
  expect(await ids(page)).toEqual(['Client1', 'NodeA_CP', 'NodeB_CP', 'NodeA_AP', 'NodeB_AP']);
  await page.keyboard.press('Control+z');
  expect(await exported(page)).toBe(TEMPLATE);
  await expect(pressed(page)).toHaveCount(2); // what was selected is selected again
});

test('what is copied is Mermaid, and is pasted as new parts beside what was copied', async ({ lab: { page }, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await click(page, node(page, 'NodeA_CP'));
  await page.keyboard.press('Control+c');
  expect(await page.evaluate(() => globalThis.navigator.clipboard.readText())).toContain('NodeA_CP[Node A - Leader]');
  await page.keyboard.press('Control+v');
  expect(await ids(page)).toContain('NodeA_CP_2');
  await expect(node(page, 'NodeA_CP_2')).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Control+d');
  expect(await ids(page)).toContain('NodeA_CP_2_2');
  await page.keyboard.press('Control+x');
  expect(await ids(page)).not.toContain('NodeA_CP_2_2');
});

test('Mermaid from elsewhere can be pasted; anything else is refused in a sentence', async ({ lab: { page }, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const put = (text) => page.evaluate((what) => globalThis.navigator.clipboard.writeText(what), text);
  await click(page, node(page, 'Client1'));
  await put('graph TD\nWitness[Witness W] --> Log[(Log)]\n');
  await page.keyboard.press('Control+v');
  expect(await ids(page)).toEqual(expect.arrayContaining(['Witness', 'Log']));
  const before = await exported(page);
  await put('Dear Sir or Madam');
  await page.keyboard.press('Control+v');
  await expect(page.locator('.draw > [role=status]')).toContainText('no Mermaid flowchart');
  expect(await exported(page)).toBe(before);
});

test('a node dropped on another system belongs to it', async ({ lab: { page } }) => {
  await drag(page, await middle(node(page, 'NodeB_CP')), await placeIn(page, 'AP_System', 0.5, 0.55));
  const { diagram } = await documentOf(page);
  expect(diagram.nodes.find(({ id }) => id === 'NodeB_CP').parent).toBe('AP_System');
  await undo(page).click();
  expect(await exported(page)).toBe(TEMPLATE);
});

test('the wheel magnifies about the pointer, the buttons about the middle, and 0 shows all again', async ({
  lab: { page },
}) => {
  const width = async () => (await node(page, 'NodeA_CP').locator('.card-box').boundingBox()).width;
  const [before, at] = [await width(), await middle(node(page, 'NodeA_CP'))];
  await page.mouse.move(at.x, at.y);
  await page.mouse.wheel(0, -240);
  await expect.poll(width).toBeGreaterThan(before * 1.3);
  const now = await middle(node(page, 'NodeA_CP'));
  expect(Math.hypot(now.x - at.x, now.y - at.y)).toBeLessThan(4);

  await page.keyboard.press('0');
  await expect.poll(width).toBeCloseTo(before, 0);
  await page.getByRole('button', { name: 'Zoom in' }).click();
  await expect.poll(width).toBeGreaterThan(before * 1.2);
  await page.getByRole('button', { name: /see all of it/ }).click();
  await expect.poll(width).toBeCloseTo(before, 0);
});

test('what the keyboard walks to comes into sight', async ({ lab: { page } }) => {
  for (let presses = 0; presses < 8; presses += 1) await page.keyboard.press('+');
  await page.keyboard.press('2');
  for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press('j');
  const part = pressed(page);
  await expect(part).toBeFocused();
  const [box, canvas] = [await part.boundingBox(), await page.locator('#canvas').boundingBox()];
  expect(box.x).toBeGreaterThanOrEqual(canvas.x - 1);
  expect(box.x + box.width).toBeLessThanOrEqual(canvas.x + canvas.width + 1);
});

test('the menu opens by the right button and by the keyboard, and its entries do what they say', async ({
  lab: { page },
}) => {
  const { x, y } = await middle(edge(page, 1).locator('.tag'));
  await page.mouse.click(x, y, { button: 'right' });
  await expect(menu(page).getByRole('menuitem', { name: 'Edit the label' })).toBeFocused();
  await menu(page).getByRole('menuitem', { name: 'Let it arrive' }).click();
  await expect(menu(page)).toHaveCount(0);
  expect(await exported(page)).toContain('NodeA_CP -->|2. Replicate (FAIL)| NodeB_CP');

  await node(page, 'Client1').focus();
  await page.keyboard.press('Shift+F10');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Escape');
  await expect(menu(page)).toHaveCount(0);
  await expect(node(page, 'Client1')).toBeFocused();

  const free = await placeIn(page, 'AP_System', 0.5, 0.55);
  await page.mouse.click(free.x, free.y, { button: 'right' });
  await menu(page).getByRole('menuitem', { name: 'Add a node here' }).click();
  await writeLabel(page, 'Node C', { before: 'Node C' });
  expect(await ids(page)).toContain('NodeC_AP');
});

test('a step inserted shifts the later ones, and a step removed closes the gap', async ({ lab: { page } }) => {
  await click(page, edge(page, 1));
  await choice(page, 'Insert a step before').click();
  await click(page, node(page, 'NodeA_CP'));
  await click(page, node(page, 'NodeB_CP'));
  await writeLabel(page, 'Ask for a vote', { before: '2. ' });
  const text = await exported(page);
  for (const label of ['|1. Write Request|', '|2. Ask for a vote|', '|3. Replicate (FAIL)|', '|4. Return Write Error|']) {
    expect(text).toContain(label);
  }
  await click(page, edge(page, 1));
  await page.keyboard.press('Delete');
  expect(await exported(page)).toContain('|3. Return Write Error|');
});

test('the list of parts reads and changes everything without the canvas', async ({ lab: { page } }) => {
  await turnTo(page, 'Parts');
  const list = page.getByRole('region', { name: 'Parts' });
  await list.getByRole('button', { name: 'Node A - Leader', exact: true }).click();
  await list.getByRole('textbox', { name: 'Id' }).fill('virginia');
  await page.keyboard.press('Enter');
  await expect.poll(() => exported(page)).toContain('virginia[Node A - Leader]');
  await list.getByRole('combobox', { name: 'Role' }).selectOption('Replica');
  expect(await exported(page)).toContain('virginia[Node A]');
  await list.getByRole('combobox', { name: 'Role' }).selectOption('Leader');

  await list.getByRole('button', { name: /^3 Return Write Error/ }).click();
  await list.getByRole('combobox', { name: 'To', exact: true }).selectOption({ label: 'Node B - Follower (NodeB_CP)' });
  expect(await exported(page)).toContain('virginia -->|3. Return Write Error| NodeB_CP');
  await list.getByRole('button', { name: 'Add a client to CP System - Quorum Loss Rejection' }).click();
  expect(await ids(page)).toContain('Client4');
  await list.getByRole('combobox', { name: 'It starts at' }).selectOption('Client4');
  await list.getByRole('combobox', { name: 'It goes to' }).selectOption('NodeB_CP');
  await list.getByRole('region', { name: 'Add a message' }).getByRole('button', { name: 'Is lost' }).click();
  expect(await exported(page)).toContain('Client4[Client 2] -.-> NodeB_CP');
});

test('an id that cannot be is refused in a sentence, and the old one stays', async ({ lab: { page } }) => {
  await click(page, node(page, 'NodeA_CP'));
  for (const [wrong, why] of [['two words', 'Mermaid could not read it'], ['NodeB_CP', 'another node has it']]) {
    await inspector(page).getByRole('textbox', { name: 'Id' }).fill(wrong);
    await page.keyboard.press('Enter');
    await expect(page.locator('.draw > [role=status]')).toContainText(why);
    await expect(inspector(page).getByRole('textbox', { name: 'Id' })).toHaveValue('NodeA_CP');
  }
  expect(await exported(page)).toBe(TEMPLATE);
});

test('undo to the beginning and redo to the end pass through the same states', async ({ lab: { page } }) => {
  await click(page, node(page, 'NodeA_CP'));
  await page.keyboard.press('Control+d');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  const states = [await documentOf(page)];
  while (await undo(page).isEnabled()) {
    await page.keyboard.press('Control+z');
    states.push(await documentOf(page));
  }
  for (const state of states.toReversed().slice(1)) {
    await page.keyboard.press('Control+Shift+z');
    expect(await documentOf(page)).toEqual(state);
  }
  await expect(redo(page)).toBeDisabled();
  expect(await pressWhile(page, 'Control+z', undo(page))).toBe(states.length - 1);
});

test.describe('on a touch screen', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  test('two fingers magnify the picture', async ({ lab: { page } }) => {
    const width = async () => (await node(page, 'NodeA_CP').locator('.card-box').boundingBox()).width;
    const before = await width();
    const { x, y } = await placeIn(page, 'CP_System', 0.5, 0.5);
    const devtools = await page.context().newCDPSession(page);
    const touch = (type, apart) =>
      devtools.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: apart ? [{ x: x - apart, y, id: 0 }, { x: x + apart, y, id: 1 }] : [],
      });
    await touch('touchStart', 30);
    for (const apart of [40, 50, 60, 70]) await touch('touchMove', apart);
    await touch('touchEnd');
    await expect.poll(width).toBeGreaterThan(before * 1.4);
    await page.getByRole('button', { name: /see all of it/ }).tap();
    await expect.poll(width).toBeCloseTo(before, 0);
  });
});
