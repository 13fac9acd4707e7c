// The whole challenge, from an empty canvas to an answer that meets every goal: by mouse, by keyboard alone, by touch. Each
// answer is drawn by six real Mermaids.

import { documentOf, exported } from './support/interface.mjs';
import {
  choice,
  drag,
  middle,
  node,
  placeIn,
  redo,
  system,
  tabTo,
  tool,
  undo,
  writeLabel,
} from './support/draw.mjs';
import { VERSIONS, draw, openMermaid, mermaid } from './support/mermaid.mjs';
import { expect, test as labTest } from './support/page.mjs';

const test = labTest.extend({
  mermaid,
});

const progress = (page) => page.getByRole('region', { name: 'Goals' }).locator('.progress');

/** What a person must be able to read in the finished answer, whichever way it was drawn. */
const READ = ['Write Error: Quorum Loss', 'Replicate', 'HTTP 200 OK', 'Divergent State', 'Replication Partitioned'];

async function expectFinished(page, context, mermaid) {
  await expect(progress(page)).toContainText('10 of 10 goals met');
  await expect(page.locator('.goal.open')).toHaveCount(0);
  await expectUndone(page);
  const text = await exported(page, 'portable');
  const other = await context.browser().newPage();
  for (const version of VERSIONS) {
    await openMermaid(other, mermaid, version);
    const picture = await draw(other, text);
    expect(picture.error, `Mermaid ${version}`).toBeUndefined();
    const seen = [...picture.nodes, ...picture.edges, ...picture.subgraphs].join('\n');
    for (const words of READ) expect(seen, `Mermaid ${version}`).toContain(words);
  }
  await other.close();
}

/** Undo to the beginning and redo to the end pass through the same states. */
async function expectUndone(page) {
  const states = [await documentOf(page)];
  while (await undo(page).isEnabled()) {
    await undo(page).click();
    states.push(await documentOf(page));
  }
  expect(states.at(-1).diagram.nodes).toEqual([]);
  await expect(progress(page)).toContainText('0 of 10');
  for (const state of states.toReversed().slice(1)) {
    await redo(page).click();
    expect(await documentOf(page)).toEqual(state);
  }
  await expect(redo(page)).toBeDisabled();
  await expect(progress(page)).toContainText('10 of 10');
}

test('by mouse', async ({ lab, context, mermaid }) => {
  test.slow();
  const { page } = lab;
  await lab.open();
  await expect(progress(page)).toContainText('0 of 10');
  const put = async (kind, id, across, down, label) => {
    await drag(page, await middle(tool(page, kind)), await placeIn(page, id, across, down));
    await writeLabel(page, label);
  };
  const connect = async (from, to, label) => {
    const box = await node(page, from).locator('.card-box').boundingBox();
    const goal = await middle(node(page, to));
    // From the middle of the side that looks at the other node.
    const level = Math.abs(goal.y - (box.y + box.height / 2)) < box.height;
    const start = level
      ? { x: goal.x > box.x ? box.x + box.width - 1 : box.x + 1, y: box.y + box.height / 2 }
      : { x: box.x + box.width / 2, y: goal.y > box.y ? box.y + box.height - 1 : box.y + 1 };
    await drag(page, start, goal);
    await writeLabel(page, label);
  };

  await put('Client', 'CP_System', 0.3, 0.25, 'Client');
  await put('Node', 'CP_System', 0.3, 0.75, 'Node A - Leader');
  await put('Node', 'CP_System', 0.78, 0.75, 'Node B - Follower');
  await connect('Client1', 'NodeA_CP', 'Write v1');
  await connect('NodeA_CP', 'NodeB_CP', 'Replicate v1');
  await choice(page, 'Lost').click();
  await connect('NodeA_CP', 'Client1', 'Write Error: Quorum Loss');

  await put('Client', 'AP_System', 0.25, 0.25, 'Client 1');
  await put('Client', 'AP_System', 0.75, 0.25, 'Client 2');
  await put('Node', 'AP_System', 0.25, 0.65, 'Node A');
  await put('Node', 'AP_System', 0.75, 0.65, 'Node B');
  await connect('Client2', 'NodeA_AP', "Write 'v1'");
  await connect('Client3', 'NodeB_AP', "Write 'v2'");
  await connect('NodeA_AP', 'Client2', 'HTTP 200 OK');
  await connect('NodeB_AP', 'Client3', 'HTTP 200 OK');
  await tool(page, 'Lost').click();
  await drag(page, await middle(node(page, 'NodeA_AP')), await middle(node(page, 'NodeB_AP')));
  await writeLabel(page, 'Replication Partitioned');
  await put('Node', 'AP_System', 0.5, 0.9, 'Divergent State: A has v1, B has v2');

  await expectFinished(page, context, mermaid);
});

test('by keyboard alone', async ({ lab, context, mermaid }) => {
  test.slow();
  const { page } = lab;
  await lab.open();
  const press = (key) => page.keyboard.press(key);
  const add = async (key, label) => {
    await press(key);
    await writeLabel(page, label);
  };
  const connect = async (systemKey, key, from, to, label) => {
    await press(systemKey);
    await press(key);
    for (const end of [from, to]) {
      await arrowTo(page, node(page, end));
      await press('Enter');
    }
    await writeLabel(page, label);
  };
  await press('1');
  await expect(system(page, 'CP_System')).toBeFocused();
  await add('c', 'Client');
  await add('n', 'Node A - Leader');
  await add('n', 'Node B - Follower');
  await connect('1', 'm', 'Client1', 'NodeA_CP', 'Write v1');
  await connect('1', 'l', 'NodeA_CP', 'NodeB_CP', 'Replicate v1');
  await connect('1', 'm', 'NodeA_CP', 'Client1', 'Write Error: Quorum Loss');
  await press('2');
  await add('c', 'Client 1');
  await add('c', 'Client 2');
  await add('n', 'Node A');
  await add('n', 'Node B');
  await connect('2', 'm', 'Client2', 'NodeA_AP', "Write 'v1'");
  await connect('2', 'm', 'Client3', 'NodeB_AP', "Write 'v2'");
  await connect('2', 'm', 'NodeA_AP', 'Client2', 'HTTP 200 OK');
  await connect('2', 'm', 'NodeB_AP', 'Client3', 'HTTP 200 OK');
  await connect('2', 'l', 'NodeA_AP', 'NodeB_AP', 'Replication Partitioned');
  await press('2');
  await add('n', 'Divergent State: A has v1, B has v2');

  // A fill, too, by way of the fields.
  await node(page, 'NodeA_CP').focus();
  await tabTo(page, choice(page, 'Takes writes'));
  await press('Enter');
  expect(await exported(page)).toContain('style NodeA_CP fill:#f9f');

  await expectFinished(page, context, mermaid);
});

async function arrowTo(page, part) {
  const chosen = (it) => it === it.ownerDocument.activeElement;
  for (let presses = 0; presses < 8; presses += 1) {
    if (await part.evaluate(chosen)) return;
    await page.keyboard.press('ArrowRight');
  }
  throw new Error('the arrow keys do not reach it');
}

test.describe('on a touch screen of 390 by 844', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  test('by touch', async ({ lab, context, mermaid }) => {
    test.slow();
    const { page } = lab;
    await lab.open();
    const tapAt = async ({ x, y }) => {
      await page.touchscreen.tap(x, y);
    };
    const put = async (kind, id, across, down, label) => {
      await tool(page, kind).tap();
      await system(page, id).scrollIntoViewIfNeeded();
      await tapAt(await placeIn(page, id, across, down));
      await writeLabel(page, label);
    };
    const connect = async (kind, from, to, label) => {
      await tool(page, kind).tap();
      for (const end of [from, to]) {
        await node(page, end).scrollIntoViewIfNeeded();
        await tapAt(await middle(node(page, end)));
      }
      await writeLabel(page, label);
    };
    await put('Client', 'CP_System', 0.3, 0.28, 'Client');
    await put('Node', 'CP_System', 0.3, 0.75, 'Node A - Leader');
    await put('Node', 'CP_System', 0.78, 0.75, 'Node B - Follower');
    await connect('Message', 'Client1', 'NodeA_CP', 'Write v1');
    await connect('Lost', 'NodeA_CP', 'NodeB_CP', 'Replicate v1');
    await connect('Message', 'NodeA_CP', 'Client1', 'Write Error: Quorum Loss');
    await put('Client', 'AP_System', 0.25, 0.28, 'Client 1');
    await put('Client', 'AP_System', 0.75, 0.28, 'Client 2');
    await put('Node', 'AP_System', 0.25, 0.65, 'Node A');
    await put('Node', 'AP_System', 0.75, 0.65, 'Node B');
    await connect('Message', 'Client2', 'NodeA_AP', "Write 'v1'");
    await connect('Message', 'Client3', 'NodeB_AP', "Write 'v2'");
    await connect('Message', 'NodeA_AP', 'Client2', 'HTTP 200 OK');
    await connect('Message', 'NodeB_AP', 'Client3', 'HTTP 200 OK');
    await connect('Lost', 'NodeA_AP', 'NodeB_AP', 'Replication Partitioned');
    await put('Node', 'AP_System', 0.5, 0.88, 'Divergent State: A has v1, B has v2');

    await expectFinished(page, context, mermaid);
  });
});
