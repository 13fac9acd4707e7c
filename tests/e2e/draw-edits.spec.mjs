// Every change a person can make to a drawing, by each of the ways there are: mouse, touch, keyboard.

import { FALLACIES, TEMPLATE, documentOf, exported, load } from './support/interface.mjs';
import {
  choice,
  click,
  drag,
  edge,
  inspector,
  labelField,
  middle,
  node,
  placeIn,
  system,
  tabTo,
  tool,
  undo,
  writeLabel,
} from './support/draw.mjs';
import { expect, test } from './support/page.mjs';

test.beforeEach(async ({ lab }) => {
  await lab.open();
  await load(lab.page, TEMPLATE);
  await expect(node(lab.page, 'NodeB_AP')).toBeVisible();
});

const positions = async (page) => (await documentOf(page)).diagram.positions ?? {};

test('dragging a node moves it alone and leaves the text as it is; one undo takes it back', async ({ lab: { page } }) => {
  const others = () => Promise.all(['Client1', 'NodeA_CP', 'Client2', 'NodeB_AP'].map((id) => middle(node(page, id))));
  const [from, stood] = [await middle(node(page, 'NodeB_CP')), await others()];
  await drag(page, from, { x: from.x - 30, y: from.y + 24 });

  const to = await middle(node(page, 'NodeB_CP'));
  expect(Math.hypot(to.x - (from.x - 30), to.y - (from.y + 24))).toBeLessThan(8);
  for (const [at, { x, y }] of (await others()).entries()) {
    expect(Math.hypot(x - stood[at].x, y - stood[at].y)).toBeLessThan(2);
  }
  expect(await positions(page)).toHaveProperty('NodeB_CP');
  expect(await exported(page)).toBe(TEMPLATE);

  await undo(page).click();
  expect(await positions(page)).toEqual({});
});

test('a node that was let go stays where it is when the pointer goes on', async ({ lab: { page } }) => {
  const from = await middle(node(page, 'NodeB_CP'));
  await drag(page, from, { x: from.x - 30, y: from.y + 24 });
  const dropped = await positions(page);
  expect(dropped).toHaveProperty('NodeB_CP');

  await page.mouse.move(from.x + 60, from.y - 60);
  await page.mouse.move(from.x + 90, from.y - 90);
  expect(await positions(page)).toEqual(dropped);
});

test('a click on a node selects it and moves nothing', async ({ lab: { page } }) => {
  await click(page, node(page, 'NodeA_AP'));
  await expect(node(page, 'NodeA_AP')).toHaveAttribute('aria-pressed', 'true');
  const place = await placeIn(page, 'CP_System', 0.5, 0.5);
  await page.mouse.move(place.x, place.y);
  expect(await positions(page)).toEqual({});
});

test('a new node stands where one clicked', async ({ lab: { page } }) => {
  await tool(page, 'Node').click();
  const { x, y } = await placeIn(page, 'AP_System', 0.5, 0.5);
  await page.mouse.click(x, y);
  await writeLabel(page, 'Node C', { before: 'Node C' });
  const stands = await middle(node(page, 'NodeC_AP'));
  expect(Math.hypot(stands.x - x, stands.y - y)).toBeLessThan(8);
});

test('the drawing does not move when something is selected', async ({ lab: { page } }) => {
  const stands = () => middle(node(page, 'NodeB_AP'));
  const before = await stands();
  for (const part of [node(page, 'NodeA_CP'), edge(page, 1), system(page, 'CP_System')]) {
    await click(page, part);
    await expect(part).toHaveAttribute('aria-pressed', 'true');
    expect(await stands()).toEqual(before);
  }
});

test('arrow keys move the selected node by 8 pixels, with Shift by 1, in one step of undo', async ({ lab: { page } }) => {
  await click(page, node(page, 'NodeB_CP'));
  await page.keyboard.press('ArrowRight');
  const { NodeB_CP: first } = await positions(page);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+ArrowLeft');

  expect((await positions(page)).NodeB_CP).toEqual({ x: first.x + 8 - 1, y: first.y + 8 });
  expect(await exported(page)).toBe(TEMPLATE);
  await page.keyboard.press('Control+z');
  expect(await positions(page)).toEqual({});
});

test('a double click opens the label of a node and of a message; Escape gives back what stood there', async ({
  lab: { page },
}) => {
  await click(page, node(page, 'NodeA_CP'), 2);
  await writeLabel(page, 'Node A - Primary', { before: 'Node A - Leader' });
  await click(page, edge(page, 0), 2);
  await writeLabel(page, '1. Please write', { before: '1. Write Request' });
  const relabelled = TEMPLATE.replace('Node A - Leader', 'Node A - Primary').replace('Write Request', 'Please write');
  expect(await exported(page)).toBe(relabelled);

  await click(page, node(page, 'NodeA_CP'), 2);
  await expect(labelField(page)).toBeFocused();
  await page.keyboard.type('Nonsense');
  await expect.poll(() => exported(page)).toContain('NodeA_CP[Nonsense]');
  await page.keyboard.press('Escape');
  await expect(labelField(page)).toHaveCount(0);
  expect(await exported(page)).toBe(relabelled);
});

test('a label that is opened and left is written as before, line break and all', async ({ lab: { page } }) => {
  await load(page, FALLACIES);
  for (const key of ['Enter', 'Escape']) {
    await click(page, node(page, 'F1'), 2);
    await expect(labelField(page)).toHaveValue('1. The Network⏎is Reliable');
    await page.keyboard.press(key);
    await expect(labelField(page)).toHaveCount(0);
    expect(await exported(page)).toBe(FALLACIES);
  }
  await click(page, node(page, 'F1'), 2);
  await page.keyboard.type('Nonsense');
  await expect.poll(() => exported(page)).toContain('Nonsense');
  await page.keyboard.press('Escape');
  expect(await exported(page)).toBe(FALLACIES);

  await click(page, node(page, 'F1'), 2);
  await page.keyboard.press('End');
  await page.keyboard.type('?');
  await page.keyboard.press('Enter');
  expect((await documentOf(page)).diagram.nodes.find(({ id }) => id === 'F1').label.raw).toMatch(/Network(<br\/>|\\n)is Reliable\?$/);
});

test('a click elsewhere ends the writing of a label and keeps it', async ({ lab: { page } }) => {
  await click(page, node(page, 'NodeA_CP'), 2);
  await expect(labelField(page)).toBeFocused();
  await page.keyboard.type('Node A - Primary');
  await click(page, node(page, 'Client3'));
  await expect(labelField(page)).toHaveCount(0);
  expect(await exported(page)).toBe(TEMPLATE.replace('Node A - Leader', 'Node A - Primary'));
});

test('keys typed into a field of the inspector change the label and draw nothing', async ({ lab: { page } }) => {
  await click(page, node(page, 'NodeA_CP'));
  const field = inspector(page).getByRole('textbox', { name: 'Label' });
  await field.press('End');
  await field.pressSequentially(' cnmljk12');
  await field.press('Delete');
  await field.press('Backspace');
  expect(await exported(page)).toBe(TEMPLATE.replace('Node A - Leader', 'Node A - Leader cnmljk1'));
});

test('shape and fill change what the text says of a node, and of that node only', async ({ lab: { page } }) => {
  await click(page, node(page, 'NodeB_CP'));
  await inspector(page).getByRole('combobox', { name: 'Shape' }).selectOption('Cylinder');
  await choice(page, 'Takes writes').click();
  expect(await exported(page)).toBe(
    TEMPLATE.replace('NodeB_CP[Node B - Follower]', 'NodeB_CP[(Node B - Follower)]').replace(
      'style NodeB_CP fill:#9f9',
      'style NodeB_CP fill:#f9f',
    ),
  );
  await choice(page, 'No fill').click();
  expect(await exported(page)).not.toContain('style NodeB_CP');
});

test('a message can be turned round, lost, and moved in the order of the text', async ({ lab: { page } }) => {
  await click(page, edge(page, 6));
  await choice(page, 'Turn round').click();
  expect(await exported(page)).toContain('\nClient3 -->|2. HTTP 200 OK| NodeB_AP\n');
  await choice(page, 'Lost').click();
  expect(await exported(page)).toContain('\nClient3 -.->|2. HTTP 200 OK| NodeB_AP\n');
  await choice(page, 'Later in the text').click();
  expect(await exported(page)).toContain('|Replication Partitioned| NodeB_AP\nClient3 -.->|2. HTTP 200 OK| NodeB_AP\n');
  await expect(edge(page, 7)).toHaveAttribute('aria-pressed', 'true');
});

test('Delete takes a node with all its messages; undo brings them back', async ({ lab: { page } }) => {
  await click(page, node(page, 'NodeA_CP'));
  await page.keyboard.press('Delete');
  await expect(node(page, 'NodeA_CP')).toHaveCount(0);
  const { nodes, edges, subgraphs } = (await documentOf(page)).diagram;
  expect(nodes.map(({ id }) => id)).not.toContain('NodeA_CP');
  expect(edges.filter(({ from, to }) => [from, to].includes('NodeA_CP'))).toEqual([]);
  expect(edges).toHaveLength(5);
  expect(subgraphs.map(({ id }) => id)).toEqual(['CP_System', 'AP_System']);

  await page.keyboard.press('Control+z');
  expect(await exported(page)).toBe(TEMPLATE);
});

test('Tab leads from a node to its own fields, wherever it stands among the others', async ({ lab: { page } }) => {
  await node(page, 'NodeA_CP').focus();
  await tabTo(page, choice(page, 'Follows'));
  await expect(node(page, 'NodeA_CP')).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Enter');
  expect(await exported(page)).toBe(TEMPLATE.replace('style NodeA_CP fill:#f9f', 'style NodeA_CP fill:#9f9'));
});

test('J and K walk through every part of the drawing, each of which says what it is', async ({ lab: { page } }) => {
  await page.keyboard.press('1');
  const walked = [];
  const { nodes, edges, subgraphs } = (await documentOf(page)).diagram;
  for (let parts = nodes.length + edges.length + subgraphs.length; parts > 0; parts -= 1) {
    walked.push(await page.evaluate(() => globalThis.document.activeElement.id));
    await page.keyboard.press('j');
  }
  await expect(system(page, 'CP_System')).toBeFocused(); // round and round
  expect(walked.toSorted()).toEqual(
    [
      ...subgraphs.map(({ id }) => `part-subgraph-${id}`),
      ...nodes.map(({ id }) => `part-node-${id}`),
      ...edges.map((_, at) => `part-edge-${at}`),
    ].toSorted(),
  );
  await page.keyboard.press('k');
  await expect(edge(page, edges.length - 1)).toBeFocused();
  await expect(edge(page, edges.length - 1)).toHaveAccessibleName(/^Replication Partitioned: lost message from Node A/);
});

test('M starts a message at the selected node; Escape lets go of it', async ({ lab: { page } }) => {
  await click(page, node(page, 'NodeB_CP'));
  await page.keyboard.press('m');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowLeft'); // moves the node now, and chooses no end
  expect(await positions(page)).toHaveProperty('NodeB_CP');

  await page.keyboard.press('m');
  await page.keyboard.press('ArrowLeft');
  await expect(node(page, 'NodeA_CP')).toBeFocused();
  await page.keyboard.press('Enter');
  await writeLabel(page, 'Are you there?', { before: '3. ' });
  expect(await exported(page)).toContain('\nNodeB_CP -->|3. Are you there?| NodeA_CP\n');
});

test.describe('on a touch screen', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  test('a tap places a node and opens its label', async ({ lab: { page } }) => {
    await tool(page, 'Node').tap();
    const { x, y } = await placeIn(page, 'CP_System', 0.5, 0.55);
    await page.touchscreen.tap(x, y);
    await writeLabel(page, 'Node C - Witness', { before: 'Node C' });
    expect(await exported(page)).toContain('\nNodeC_CP[Node C - Witness]\n');
  });

  test('a finger drags a node, and the page does not scroll meanwhile', async ({ lab: { page } }) => {
    await node(page, 'NodeA_CP').scrollIntoViewIfNeeded();
    const scrolled = () => page.evaluate(() => [globalThis.scrollX, globalThis.scrollY]);
    const [before, from] = [await scrolled(), await middle(node(page, 'NodeA_CP'))];
    await slide(page, from, { x: from.x + 24, y: from.y + 40 });

    await expect.poll(() => positions(page)).toHaveProperty('NodeA_CP');
    const to = await middle(node(page, 'NodeA_CP'));
    expect(to.y).toBeGreaterThan(from.y + 10);
    expect(await scrolled()).toEqual(before);
    expect(await exported(page)).toBe(TEMPLATE);
  });

  test('a drag that the browser breaks off lets go of the node', async ({ lab: { page } }) => {
    await node(page, 'NodeA_CP').scrollIntoViewIfNeeded();
    const from = await middle(node(page, 'NodeA_CP'));
    await slide(page, from, { x: from.x + 24, y: from.y + 24 }, 'touchCancel');
    await expect.poll(() => positions(page)).toHaveProperty('NodeA_CP');
    const left = await positions(page);

    const free = await placeIn(page, 'CP_System', 0.9, 0.9);
    await slide(page, free, { x: free.x - 40, y: free.y - 8 });
    expect(await positions(page)).toEqual(left);
  });
});

/** One finger, from one place to another. `end` is "touchCancel" when the browser takes the gesture away. */
async function slide(page, from, to, end = 'touchEnd') {
  const devtools = await page.context().newCDPSession(page);
  const touch = (type, ...touchPoints) => devtools.send('Input.dispatchTouchEvent', { type, touchPoints });
  await touch('touchStart', from);
  for (const share of [0.25, 0.5, 0.75, 1]) {
    await touch('touchMove', { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share });
  }
  await touch(end);
}
