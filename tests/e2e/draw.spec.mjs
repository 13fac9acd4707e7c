// The challenge, drawn from an empty canvas: one half by mouse, the other without one.

import { TEMPLATE, documentOf, exported } from './support/interface.mjs';
import {
  choice,
  click,
  drag,
  edge,
  labelField,
  middle,
  node,
  placeIn,
  pressWhile,
  redo,
  shown,
  system,
  tabTo,
  tool,
  undo,
  writeLabel,
} from './support/draw.mjs';
import { expect, test } from './support/page.mjs';

test('the CP half drawn by mouse and the AP half drawn by keyboard alone export the module’s template, byte for byte', async ({
  lab,
}) => {
  const { page } = lab;
  await lab.open();
  const empty = await exported(page);

  await test.step('the CP half, by mouse', () => drawConsistent(page));
  await test.step('the AP half, by keyboard', () => drawAvailable(page));

  expect(await exported(page)).toBe(TEMPLATE);
  expect(await shown(page, 'module')).toBe(TEMPLATE);

  await test.step('back to the empty canvas, and forward again', async () => {
    const drawn = await documentOf(page);
    await pressWhile(page, 'Control+z', undo(page));
    expect(await exported(page)).toBe(empty);
    await pressWhile(page, 'Control+Shift+z', redo(page));
    expect(await exported(page)).toBe(TEMPLATE);
    expect(await shown(page, 'module')).toBe(TEMPLATE);
    expect(await documentOf(page)).toEqual(drawn);
  });
});

async function drawConsistent(page) {
  await putByMouse(page, 'Client', { across: 0.3, down: 0.3 }, 'Client');
  await putByMouse(page, 'Node', { across: 0.28, down: 0.72 }, 'Node A - Leader');
  await putByMouse(page, 'Node', { across: 0.75, down: 0.72 }, 'Node B - Follower');

  await fillByMouse(page, 'NodeA_CP', 'Takes writes');
  await fillByMouse(page, 'NodeB_CP', 'Follows');

  const [client, a, b] = ['Client1', 'NodeA_CP', 'NodeB_CP'].map((id) => node(page, id));
  await tool(page, 'Message').click();
  await drag(page, await middle(client), await middle(a));
  await writeLabel(page, 'Write Request', { before: '1. ' });

  // From click to click, where the others are drawn in one go.
  await tool(page, 'Lost').click();
  await click(page, a);
  await click(page, b);
  await writeLabel(page, 'Replicate (FAIL)', { before: '2. ' });

  await tool(page, 'Message').click();
  await drag(page, await middle(a), await middle(client));
  await writeLabel(page, 'Return Write Error', { before: '3. ' });
}

async function putByMouse(page, kind, { across, down }, label) {
  await tool(page, kind).click();
  const { x, y } = await placeIn(page, 'CP_System', across, down);
  await page.mouse.click(x, y);
  await writeLabel(page, label);
}

async function fillByMouse(page, id, fill) {
  await click(page, node(page, id));
  await choice(page, fill).click();
  await expect(choice(page, fill)).toHaveAttribute('aria-pressed', 'true');
}

async function drawAvailable(page) {
  const press = (key) => page.keyboard.press(key);
  await press('2');
  await expect(system(page, 'AP_System')).toBeFocused();

  await press('c');
  await writeLabel(page, 'Client 1', { before: 'Client' });
  await expect(node(page, 'Client2')).toBeFocused();
  await press('c');
  await writeLabel(page, '', { before: 'Client 2' }); // the suggestion will do

  for (const letter of ['A', 'B']) {
    await press('n');
    await writeLabel(page, `Node ${letter} - Local Write`, { before: `Node ${letter}` });
    await expect(node(page, `Node${letter}_AP`)).toBeFocused();
    await tabTo(page, choice(page, 'Takes writes'));
    await press('Enter');
    await expect(choice(page, 'Takes writes')).toHaveAttribute('aria-pressed', 'true');
    await expect(node(page, `Node${letter}_AP`)).toHaveAttribute('aria-pressed', 'true');
  }

  await connectByKeyboard(page, 'm', 'Client2', 'NodeA_AP');
  await writeLabel(page, "Write 'v1'", { before: '1. ' });
  await connectByKeyboard(page, 'm', 'Client3', 'NodeB_AP');
  await rewriteLabel(page, "1. Write 'v2'");
  await connectByKeyboard(page, 'm', 'NodeA_AP', 'Client2');
  await writeLabel(page, 'HTTP 200 OK', { before: '2. ' });
  await connectByKeyboard(page, 'm', 'NodeB_AP', 'Client3');
  await rewriteLabel(page, '2. HTTP 200 OK');
  await connectByKeyboard(page, 'l', 'NodeA_AP', 'NodeB_AP');
  await rewriteLabel(page, 'Replication Partitioned');
  await expect(edge(page, 7)).toBeFocused();
}

/** With the system selected, the key of the tool asks for the start and then for the end; the arrows choose them. */
async function connectByKeyboard(page, key, from, to) {
  await page.keyboard.press('2');
  await page.keyboard.press(key);
  for (const end of [from, to]) {
    await arrowTo(page, node(page, end));
    await page.keyboard.press('Enter');
  }
}

async function arrowTo(page, part) {
  const chosen = (it) => it === it.ownerDocument.activeElement;
  for (let presses = 0; presses < 8; presses += 1) {
    if (await part.evaluate(chosen)) return;
    await page.keyboard.press('ArrowRight');
  }
  throw new Error('the arrow keys do not reach it');
}

async function rewriteLabel(page, text) {
  await expect(labelField(page)).toBeFocused();
  await page.keyboard.press('Control+a');
  await writeLabel(page, text);
}
