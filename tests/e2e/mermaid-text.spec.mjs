// Mermaid in and out of the room Draw: the two texts, Copy and Download, and the import dialog.

import { readFile } from 'node:fs/promises';
import { FALLACIES, TEMPLATE, TEMPLATE_FILE, documentOf, exported, load } from './support/interface.mjs';
import { node, shown, startFrom, turnTo, undo } from './support/draw.mjs';
import { expect, test } from './support/page.mjs';

const FORMS = [
  { form: 'module', name: 'Module form' },
  { form: 'portable', name: 'Portable form' },
];

/** A label that nobody closes: the mark it begins with is the 11th letter of line 2. */
const FAULTY = 'graph TD\nA[One] -->|x B\n';

test('both texts are on show, and what Portable adds is marked', async ({ lab }) => {
  const { page } = lab;
  await lab.open();
  await load(page, TEMPLATE);
  await expect(node(page, 'NodeB_AP')).toBeVisible();
  await turnTo(page, 'Mermaid');

  const [module, portable] = FORMS.map(({ form }) => page.locator(`#text-${form}`));
  await expect(module).toBeInViewport();
  await expect(portable).toBeInViewport();

  await expect(module.locator('ins')).toHaveCount(0);
  const inserted = await portable.locator('ins').allTextContents();
  expect(inserted).toContain('"');
  expect(inserted).toContain('#46;');
  for (const { form } of FORMS) expect(await shown(page, form)).toBe(await exported(page, form));
});

for (const { form, name } of FORMS) {
  test(`Copy puts exactly the ${name} on the clipboard, and Download into a file`, async ({ lab, context }) => {
    const { page } = lab;
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await lab.open();
    await load(page, TEMPLATE);
    await turnTo(page, 'Mermaid');
    const text = await exported(page, form);
    if (form === 'module') expect(text).toBe(TEMPLATE);

    await page.getByRole('button', { name: `Copy the ${name}` }).click();
    await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toBeVisible();
    await expect.poll(() => page.evaluate(() => globalThis.navigator.clipboard.readText())).toBe(text);

    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: `Download the ${name}` }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/\.mmd$/);
    expect(await readFile(await file.path(), 'utf8')).toBe(text);
  });
}

test.describe('the import dialog', () => {
  const dialog = (page) => page.getByRole('dialog', { name: /^Import/ });
  const field = (page) => dialog(page).getByRole('textbox', { name: 'Mermaid text' });
  const use = (page) => dialog(page).getByRole('button', { name: 'Use this graph' });

  test.beforeEach(async ({ lab }) => {
    await lab.open();
    await startFrom(lab.page, 'Import');
    await expect(dialog(lab.page)).toBeVisible();
  });

  for (const [title, text] of Object.entries({ 'the template': TEMPLATE, 'the eight fallacies': FALLACIES })) {
    test(`takes ${title} and gives it back byte for byte`, async ({ lab: { page } }) => {
      await field(page).fill(text);
      await use(page).click();
      await expect(dialog(page)).toBeHidden();
      await expect.poll(() => exported(page)).toBe(text);
      expect(await shown(page, 'module')).toBe(text);
    });
  }

  test('says line and column of a problem, and the drawing stays', async ({ lab: { page } }) => {
    const before = await documentOf(page);
    await field(page).fill(FAULTY);
    const verdict = dialog(page).getByRole('status');
    await expect(verdict).toContainText('line 2, column 11');
    await expect(verdict).toContainText('not closed');
    await expect(use(page)).toBeDisabled();
    expect(await documentOf(page)).toEqual(before);

    await field(page).fill(TEMPLATE);
    await expect(use(page)).toBeEnabled();
    await expect(verdict).toContainText('7 nodes and 8 edges');
  });

  test('opens a .mmd file', async ({ lab: { page } }) => {
    await dialog(page).locator('input[type=file]').setInputFiles(TEMPLATE_FILE);
    await expect(field(page)).toHaveValue(TEMPLATE);
    await use(page).click();
    await expect.poll(() => exported(page)).toBe(TEMPLATE);
  });

  for (const [way, leave] of Object.entries({
    Cancel: (page) => dialog(page).getByRole('button', { name: 'Cancel' }).click(),
    Escape: (page) => page.keyboard.press('Escape'),
  })) {
    test(`is left with ${way}, and the drawing stays`, async ({ lab: { page } }) => {
      const before = await documentOf(page);
      await field(page).fill(TEMPLATE);
      await leave(page);
      await expect(dialog(page)).toBeHidden();
      expect(await documentOf(page)).toEqual(before);
      await expect(undo(page)).toBeDisabled();

      await startFrom(page, 'Import'); // and it opens again
      await expect(dialog(page)).toBeVisible();
    });
  }
});
