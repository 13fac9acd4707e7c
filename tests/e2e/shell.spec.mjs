// The frame around the rooms: hosting, quiet, themes, accessibility.

import AxeBuilder from '@axe-core/playwright';
import { FOLDER, expect, test } from './support/page.mjs';

const ROOMS = ['#/draw', '#/prove'];
const THEMES = ['dark', 'light'];

test('the sandbox works in a sub-folder of a host that has nothing else', async ({ lab, origin, request }) => {
  expect((await request.get(`${origin}/`)).status()).toBe(404);
  await lab.open();
  await expect(lab.page.locator('#crash')).toBeHidden();
  await expect(lab.page.getByRole('navigation').first()).toBeVisible();
});

test('the host sends wasm with the type that lets a browser compile it while it arrives', async ({ lab }) => {
  const wasm = lab.page.waitForResponse((response) => new URL(response.url()).pathname.endsWith('.wasm'));
  await lab.open();
  const response = await wasm;
  expect(response.headers()['content-type']).toBe('application/wasm');
  expect(new URL(response.url()).pathname.startsWith(FOLDER)).toBe(true);
});

for (const theme of THEMES) {
  for (const room of ROOMS) {
    test(`axe finds nothing to object to in ${room}, ${theme}`, async ({ lab }) => {
      await lab.open(room, { theme });
      await expect(lab.page.locator('html')).toHaveAttribute('data-theme', theme);
      const { violations } = await new AxeBuilder({ page: lab.page }).analyze();
      expect(violations.map(describe)).toEqual([]);
    });
  }
}

/** A violation in one line: the rule, and where it is broken. */
function describe({ id, help, nodes }) {
  return `${id}: ${help}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`;
}
