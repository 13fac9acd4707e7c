// The JavaScript interface, `window.partitionLab`, as a page around the sandbox would use it.

import { FALLACIES, TEMPLATE, complaintAbout, documentOf, exported, load, verdicts } from './support/interface.mjs';
import { node, undo } from './support/draw.mjs';
import { FOLDER, expect, test } from './support/page.mjs';

test('partitionlab:ready comes once, when the interface is there', async ({ lab }) => {
  const { page } = lab;
  await page.addInitScript(() => {
    globalThis.readyWith = [];
    globalThis.addEventListener('partitionlab:ready', () => {
      globalThis.readyWith.push(typeof globalThis.partitionLab?.exportMermaid);
    });
  });
  await lab.open();
  await page.keyboard.press('1'); // the page is shown anew, and does not announce itself again
  expect(await page.evaluate(() => globalThis.readyWith)).toEqual(['function']);
});

test('the types are served beside the page and name exactly the functions there are', async ({
  lab,
  origin,
  request,
}) => {
  await lab.open();
  const answer = await request.get(`${origin}${FOLDER}partition-lab.d.ts`);
  expect(answer.status()).toBe(200);
  const [, body] = (await answer.text()).match(/interface PartitionLab \{\n(.*?)\n\}/s);
  const named = [...body.matchAll(/^ {2}(\w+)\(/gm)].map(([, name]) => name);
  const there = await lab.page.evaluate(() =>
    Object.entries(globalThis.partitionLab).map(([name, value]) => [name, typeof value]),
  );
  expect(Object.fromEntries(there)).toEqual(Object.fromEntries(named.map((name) => [name, 'function'])));
});

test('a text that was loaded is the drawing at once, and one step of undo', async ({ lab }) => {
  const { page } = lab;
  await lab.open();
  const empty = await documentOf(page);
  const read = await page.evaluate((text) => {
    globalThis.partitionLab.load(text);
    return globalThis.partitionLab.exportMermaid('module');
  }, TEMPLATE);
  expect(read).toBe(TEMPLATE);
  await expect(node(page, 'NodeB_AP')).toBeVisible();
  expect(await exported(page, 'portable')).toContain('|"2#46; Replicate (FAIL)"|');

  await undo(page).click();
  expect(await documentOf(page)).toEqual(empty);
  await expect(undo(page)).toBeDisabled();
});

test('a document goes out and in again unchanged', async ({ lab }) => {
  const { page } = lab;
  await lab.open();
  await load(page, TEMPLATE);
  await expect(node(page, 'NodeB_AP')).toBeVisible();
  const plain = await documentOf(page);
  const diagram = { ...plain.diagram, positions: { NodeB_AP: { x: 300, y: 280 } } };
  const moved = { ...plain, arrangement: 'stacked', diagram };

  await load(page, moved);
  expect(await documentOf(page)).toEqual(moved);
  await load(page, FALLACIES);
  expect(await exported(page)).toBe(FALLACIES);
  await load(page, moved);
  expect(await documentOf(page)).toEqual(moved);
  expect(await exported(page)).toBe(TEMPLATE);
});

const GARBAGE = {
  'a text that is no flowchart': ['hello', /line 1, column 1: /],
  'a faulty flowchart': ['graph TD\nA[One] -->|x B\n', /line 2, column 11: /],
  'an empty text': ['', /\w/],
  'a number': [7, /not a Partition Lab document/],
  nothing: [null, /not a Partition Lab document/],
  'a list': [[], /not a Partition Lab document/],
  'an object of another kind': [{ version: 1, drawing: {} }, /not a Partition Lab document/],
  'a shape that does not exist': [{ version: 1, diagram: { nodes: [{ id: 'A', shape: 'cloud' }] } }, /cloud/],
  'a document from the future': [{ version: 99, diagram: {} }, /version 99/],
};

test('what cannot be loaded throws an Error that says why, and changes nothing', async ({ lab }) => {
  const { page } = lab;
  await lab.open();
  const before = await documentOf(page);
  for (const [what, [garbage, reason]] of Object.entries(GARBAGE)) {
    await test.step(what, async () => {
      const complaint = await complaintAbout(page, garbage);
      expect(complaint).toEqual({ isError: true, message: expect.stringMatching(reason) });
      expect(complaint.message.split(' ').length).toBeGreaterThan(4);
      expect(await documentOf(page)).toEqual(before);
    });
  }
  await expect(undo(page)).toBeDisabled();
});

test('a form that does not exist throws an Error that names both', async ({ lab }) => {
  await lab.open();
  const why = await lab.page.evaluate(() => {
    try {
      return globalThis.partitionLab.exportMermaid('latin');
    } catch (error) {
      return error.message;
    }
  });
  expect(why).toMatch(/"module".*"portable".*"latin"/);
});

test('verdicts can be asked for in any room', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/draw');
  const { step, steps, sides } = await verdicts(page);
  expect(step).toBe(0);
  expect(steps).toBeGreaterThan(5);
  expect(sides.map(({ scenario }) => scenario)).toEqual(['gilbert-lynch-cp', 'gilbert-lynch-ap']);
  for (const { consistency, availability } of sides) {
    expect([consistency.reading, availability.reading]).toEqual(['not_decided', 'not_decided']);
    expect(consistency.why).toMatch(/^[A-Z].*\.$/);
  }
});
