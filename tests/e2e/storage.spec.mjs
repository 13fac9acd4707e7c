// What one has drawn stays in this browser.

import { TEMPLATE, documentOf, exported, load } from './support/interface.mjs';
import { click, node, system } from './support/draw.mjs';
import { expect, test } from './support/page.mjs';

const KEY = 'partition-lab/document';

test('a reload keeps the drawing, places and all', async ({ lab }) => {
  const { page } = lab;
  await lab.open();
  await load(page, TEMPLATE);
  await click(page, node(page, 'NodeB_CP'));
  await page.keyboard.press('ArrowDown');
  await expect.poll(async () => (await documentOf(page)).diagram.positions).toHaveProperty('NodeB_CP');
  await page.getByRole('button', { name: 'Stacked' }).click();
  await expect(page.getByRole('button', { name: 'Stacked' })).toHaveAttribute('aria-pressed', 'true');
  const drawn = await documentOf(page);

  await lab.reload();
  expect(await documentOf(page)).toEqual(drawn);
  expect(await exported(page)).toBe(TEMPLATE);
  await expect(node(page, 'NodeB_CP')).toBeVisible();
});

for (const [what, stored] of Object.entries({
  'half a document': '{bad',
  'something else': '[1, 2, 3]',
  'a document from the future': '{"version":99,"diagram":{"keyword":"graph"}}',
})) {
  test(`with ${what} in the storage the page starts on an empty canvas`, async ({ lab }) => {
    const { page } = lab;
    await lab.open();
    await page.evaluate(([key, text]) => globalThis.localStorage.setItem(key, text), [KEY, stored]);
    await lab.reload();

    await expect(system(page, 'CP_System')).toBeVisible();
    await expect(system(page, 'AP_System')).toBeVisible();
    expect((await documentOf(page)).diagram.nodes ?? []).toEqual([]);
    await expect(page.locator('#crash')).toBeHidden();
  });
}
