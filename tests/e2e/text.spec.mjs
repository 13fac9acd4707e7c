// The Mermaid text beside the canvas: written there, it is drawn here; drawn here, it is written there.

import AxeBuilder from '@axe-core/playwright';
import { TEMPLATE, documentOf, exported, load } from './support/interface.mjs';
import { click, drag, edge, middle, node, redo, shown, system, turnTo, undo } from './support/draw.mjs';
import { expect, test } from './support/page.mjs';

const panel = (page) => page.getByRole('region', { name: 'Mermaid', exact: true });
const field = (page) => page.getByRole('textbox', { name: 'The diagram as Mermaid' });
const findings = (page) => page.locator('#text-verdict');
const wave = (page, kind = 'error') => page.locator(`#text-module .wave.${kind}`);
const FROZEN = 'The picture shows the last text that could be read.';

const SMALL = 'graph TD\nA[One] --> B[Two]\nB --> C[Three]\n';
const FAULTY = SMALL.replace('[Three]', '[Three');

const positions = async (page) => (await documentOf(page)).diagram.positions ?? {};

/** Puts the caret behind a text. */
const caretBehind = (page, text) =>
  field(page).evaluate((it, wanted) => {
    const at = it.value.indexOf(wanted) + wanted.length;
    it.focus();
    it.setSelectionRange(at, at);
  }, text);

test.beforeEach(async ({ lab }) => {
  await lab.open();
  await load(lab.page, SMALL);
  await expect(node(lab.page, 'C')).toBeVisible();
  await turnTo(lab.page, 'Mermaid');
  await expect(field(lab.page)).toHaveValue(SMALL);
});

test('the field and the coloured sheet under it say the same, letter on letter', async ({ lab: { page } }) => {
  await load(page, TEMPLATE);
  await expect(field(page)).toHaveValue(TEMPLATE);
  expect(await shown(page, 'module')).toBe(TEMPLATE);
  // Where the sheet shows a line, the field has it: same font, same lines, same first column.
  const [sheet, text] = await page.evaluate(() => {
    const styles = ['#text-module', '#text-field'].map((id) => globalThis.getComputedStyle(globalThis.document.querySelector(id)));
    return styles.map(({ fontFamily, fontSize, lineHeight, letterSpacing, tabSize, paddingTop }) =>
      [fontFamily, fontSize, lineHeight, letterSpacing, tabSize, paddingTop].join('; '));
  });
  expect(text).toBe(sheet);
  const [field_, pre] = [await field(page).boundingBox(), await page.locator('#text-module').boundingBox()];
  expect(Math.abs(field_.height - pre.height)).toBeLessThan(60); // the field fills the frame
  expect(field_.width).toBeGreaterThanOrEqual(pre.width - 1);
  const overflow = await field(page).evaluate((it) => [it.scrollWidth - it.clientWidth, it.scrollHeight - it.clientHeight]);
  expect(overflow).toEqual([0, 0]); // so nothing but the frame scrolls
});

test('what is typed is drawn at once', async ({ lab: { page } }) => {
  await caretBehind(page, '[Three]\n');
  await page.keyboard.type('C -.->|lost| D[Four]');
  await expect(node(page, 'D')).toBeVisible();
  await expect(edge(page, 2)).toHaveAccessibleName(/^lost: lost message from Three to Four/);
  await expect(field(page)).toBeFocused();
  await expect(field(page)).toHaveValue(`${SMALL}C -.->|lost| D[Four]`);

  await caretBehind(page, 'A[One');
  await page.keyboard.type('!');
  await expect(node(page, 'A')).toHaveAccessibleName(/^One!/);
  expect(await exported(page)).toContain('A[One!] --> B[Two]');
});

test('a text that cannot be read freezes the picture, and says where and why', async ({ lab: { page } }) => {
  await field(page).fill(FAULTY);
  await expect(findings(page)).toContainText('Line 3: The label that begins with this “[” is not closed');
  await expect(findings(page)).toContainText(FROZEN);
  await expect(field(page)).toHaveAttribute('aria-invalid', 'true');
  await expect(field(page)).toHaveAccessibleDescription(/The picture shows the last text.*Line 3: .* not closed/);
  await expect(wave(page)).toHaveText('[');
  await expect(page.locator('#text-module .line.error')).toHaveText('B --> C[Three\n');
  await expect(node(page, 'C')).toHaveAccessibleName(/^Three/); // the last good picture
  expect(await exported(page)).toBe(SMALL);
  await expect(page.locator('#text-portable')).toContainText('C["Three"]');

  await expect(page.getByRole('status').filter({ hasText: FROZEN })).toHaveCount(1); // said once typing has paused
  await field(page).fill(SMALL.replace('Three', '3'));
  await expect(wave(page)).toHaveCount(0);
  await expect(field(page)).toHaveAttribute('aria-invalid', 'false');
  await expect(node(page, 'C')).toHaveAccessibleName(/^3/);
});

test('a finding leads to its place, and “Fix it” puts it right', async ({ lab: { page } }) => {
  const many = Array.from({ length: 60 }, (_, at) => `N${at} --> N${at + 1}\n`).join('');
  await field(page).fill(`${FAULTY}${many}`);
  await page.locator('.editor').evaluate((it) => it.scrollTo(0, 9_999));
  await panel(page).getByRole('button', { name: /^Line 3:/ }).click();
  await expect(field(page)).toBeFocused();
  expect(await field(page).evaluate((it) => it.value.slice(it.selectionStart, it.selectionEnd))).toBe('[');
  await expect(page.locator('#text-module .line').nth(2)).toBeInViewport();

  await panel(page).getByRole('button', { name: 'Fix it, line 3' }).click();
  await expect(field(page)).toHaveValue(`${SMALL}${many}`);
  await expect(findings(page)).not.toContainText(FROZEN);
  await expect(node(page, 'N60')).toBeAttached();
});

test('undo takes text and picture back together, from the field and from the canvas', async ({ lab: { page } }) => {
  await caretBehind(page, 'A[One');
  await page.keyboard.type(' more');
  await caretBehind(page, 'C[Three');
  await page.keyboard.type(' more');
  const written = await exported(page);

  await page.keyboard.press('Control+z'); // in the field: the last line that was written on
  await expect(field(page)).toHaveValue(SMALL.replace('One', 'One more'));
  await expect(node(page, 'C')).toHaveAccessibleName(/^Three:/);
  await expect(field(page)).toBeFocused();
  await undo(page).click(); // on the canvas: the one before
  await expect(field(page)).toHaveValue(SMALL);
  await redo(page).click();
  await field(page).press('Control+Shift+z');
  await expect(field(page)).toHaveValue(written);
  expect(await exported(page)).toBe(written);
});

test('undo first takes back what cannot be read, and redo brings it again', async ({ lab: { page } }) => {
  await caretBehind(page, 'A[One');
  await page.keyboard.type('!');
  const good = await field(page).inputValue();
  await caretBehind(page, 'C[Three]');
  await page.keyboard.type('{{');
  await expect(findings(page)).toContainText(FROZEN);
  const bad = await field(page).inputValue();

  await page.keyboard.press('Control+z');
  await expect(field(page)).toHaveValue(good);
  await expect(findings(page)).not.toContainText(FROZEN);
  await page.keyboard.press('Control+Shift+z');
  await expect(field(page)).toHaveValue(bad);
  await expect(findings(page)).toContainText(FROZEN);
});

test('own writing stays until the canvas changes, and then only its line is written anew', async ({ lab: { page } }) => {
  const own = 'graph TD\n\n  %% mine\n\tA[One] --> B[Two]\n\n  %% the last one\n  B --> C[Three]';
  await field(page).fill(own);
  await field(page).blur();
  await expect(field(page)).toHaveValue(own);
  expect(await shown(page, 'module')).toBe(own);

  await click(page, node(page, 'C'), 2);
  await page.keyboard.type('3');
  await page.keyboard.press('Enter');
  await expect(field(page)).toHaveValue(own.replace('Three', '3'));

  await panel(page).getByRole('button', { name: 'Module form', exact: true }).click();
  await expect(field(page)).toHaveValue(await exported(page));
  expect(await field(page).inputValue()).toContain('%% the last one');
});

test('a node that was moved stands where it stood, whatever is written elsewhere', async ({ lab: { page } }) => {
  const from = await middle(node(page, 'B'));
  await drag(page, from, { x: from.x + 40, y: from.y + 16 });
  const dropped = (await positions(page)).B;
  expect(dropped).toBeDefined();
  expect(await field(page).inputValue()).toBe(SMALL); // the text says nothing of positions

  await field(page).fill('graph TD\nZ --> A[One] & B[Two]\nB --> C[Three]\n');
  expect((await positions(page)).B).toEqual(dropped);
  await field(page).fill('graph TD\nZ --> A[One] & Bee[Two]\nBee --> C[Three]\n'); // another id, the same node
  expect((await positions(page)).Bee).toEqual(dropped);
});

test('an unread text is kept aside when the picture changes, and can be brought back', async ({ lab: { page } }) => {
  await field(page).fill(FAULTY);
  await click(page, node(page, 'A'));
  await page.keyboard.press('Delete');
  await expect(field(page)).toHaveValue('graph TD\nB[Two] --> C[Three]\n');
  await panel(page).getByRole('button', { name: 'Bring it back' }).click();
  await expect(field(page)).toHaveValue(FAULTY);
  await expect(findings(page)).toContainText(FROZEN);
});

test('the text is there again after a reload as it was written, read or not', async ({ lab }) => {
  const { page } = lab;
  for (const text of [`graph TD\n\n${SMALL.slice(9)}`, FAULTY]) {
    await field(page).fill(text);
    await expect.poll(() => page.evaluate(() => globalThis.localStorage.getItem('partition-lab/text'))).toBe(text);
    await lab.reload();
    await expect(field(page)).toHaveValue(text);
    expect(await exported(page)).toBe(SMALL);
  }
  await expect(findings(page)).toContainText(FROZEN);
});

test('what is selected is marked in the text, and the caret selects what it stands in', async ({ lab: { page } }) => {
  await load(page, TEMPLATE);
  await click(page, node(page, 'NodeB_CP'));
  const marked = page.locator('#text-module .line.of-part');
  await expect(marked).toHaveText([/^NodeA_CP -\.->/, /^style NodeB_CP/]);

  await caretBehind(page, 'NodeA_AP -.-');
  await page.keyboard.press('ArrowLeft');
  await expect(edge(page, 7)).toHaveAttribute('aria-pressed', 'true');
  await expect(field(page)).toBeFocused();
  await caretBehind(page, 'subgraph AP_');
  await page.keyboard.press('ArrowRight');
  await expect(system(page, 'AP_System')).toHaveAttribute('aria-pressed', 'true');
  await expect(marked).toHaveCount(9);
});

test('the caret stays where it is when the canvas changes another line', async ({ lab: { page } }) => {
  await caretBehind(page, 'C[Th');
  await page.evaluate(() => {
    const { diagram, ...rest } = globalThis.partitionLab.document();
    diagram.nodes[0].label.raw = 'Number one';
    globalThis.partitionLab.load({ ...rest, diagram });
  });
  await expect(field(page)).toHaveValue(SMALL.replace('One', 'Number one'));
  expect(await field(page).evaluate((it) => it.value.slice(0, it.selectionStart))).toMatch(/C\[Th$/);
});

test('the keyboard alone: Tab leaves the text, on to what can be done with it', async ({ lab: { page } }) => {
  await field(page).fill(FAULTY);
  await expect(panel(page).getByRole('button', { name: 'Fix it, line 3' })).toBeVisible();
  await field(page).focus();
  await page.keyboard.press('Tab');
  await expect(panel(page).getByRole('button', { name: /^Line 3:/ })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(field(page)).toHaveValue(SMALL);
  await expect(field(page)).toBeFocused();
});

test('the line of the caret is in sight while one writes, however long the text', async ({ lab: { page } }) => {
  const many = Array.from({ length: 120 }, (_, at) => `N${at} --> N${at + 1}\n`).join('');
  await field(page).fill(`graph TD\n${many}`);
  await field(page).press('Control+Home');
  expect(await page.locator('.editor').evaluate((it) => it.scrollTop)).toBe(0);
  await field(page).press('Control+End');
  await page.keyboard.type('Last');
  await expect(page.locator('#text-module .line').last()).toBeInViewport();
});

test('the sequence diagram has its place, and says how to get one', async ({ lab: { page } }) => {
  await panel(page).getByRole('button', { name: 'Sequence' }).click();
  await expect(panel(page)).toContainText('Run the diagram to get its sequence diagram.');
  await panel(page).getByRole('button', { name: 'Portable' }).click();
  expect(await shown(page, 'portable')).toBe(await exported(page, 'portable'));
});

test('nothing of the document is lost when a text of any kind is pasted', async ({ lab: { page } }) => {
  for (const text of ['', 'sequenceDiagram\nA->>B: x', '\u0000\u0007', '🦀'.repeat(300), ']'.repeat(2_000), 'graph TD\nA["`x']) {
    await field(page).fill(text);
    await expect(findings(page)).toContainText(/Line \d+:|agree/);
  }
  await field(page).fill(SMALL.replaceAll('\n', '\r\n'));
  await expect(findings(page)).toContainText('Text and picture agree: 3 nodes and 2 edges.');
});

for (const theme of ['dark', 'light']) {
  test(`axe finds no barrier in the panel, ${theme}`, async ({ lab, page }) => {
    await page.evaluate((wanted) => globalThis.localStorage.setItem('partition-lab/theme', wanted), theme);
    await lab.reload();
    let before = '';
    for (const text of [TEMPLATE, FAULTY, 'graph BR\nA@{ shape: cloud }\nA -- x']) {
      await field(page).fill(text);
      await expect(findings(page)).not.toHaveText(before); // of this text, not of the one before
      before = await findings(page).textContent();
      const { violations } = await new AxeBuilder({ page }).include('.mermaid-panel').analyze();
      expect(violations).toEqual([]);
    }
  });
}

for (const width of [390, 700]) {
  test(`on a page ${width} pixels wide nothing is cut off`, async ({ lab: { page } }) => {
    await page.setViewportSize({ width, height: 844 });
    await field(page).fill(FAULTY);
    await field(page).scrollIntoViewIfNeeded();
    await expect(panel(page).getByRole('button', { name: 'Fix it, line 3' })).toBeVisible();
    for (const button of await panel(page).getByRole('button').all()) {
      const { x, width: wide } = await button.boundingBox();
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + wide).toBeLessThanOrEqual(width);
    }
    expect(await page.evaluate(() => globalThis.document.documentElement.scrollWidth)).toBe(width);
  });
}
