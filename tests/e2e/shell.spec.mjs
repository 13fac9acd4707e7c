// The frame around the rooms: hosting, quiet, themes, accessibility.

import AxeBuilder from '@axe-core/playwright';
import { edge, startFrom, turnTo } from './support/draw.mjs';
import { FOLDER, expect, test } from './support/page.mjs';
import { act } from './support/prove.mjs';

const THEMES = ['dark', 'light'];

/** What axe looks at: each room as it opens, and in the states where it shows more than that. */
const SIGHTS = [
  { title: 'Draw', room: '#/draw' },
  { title: 'Draw with the template and a message selected', room: '#/draw', arrive: selectMessage },
  { title: 'Draw with every part listed', room: '#/draw', arrive: listParts },
  { title: 'Draw with its text', room: '#/draw', arrive: (page) => turnTo(page, 'Mermaid') },
  { title: 'Draw with a menu open', room: '#/draw', arrive: openMenu },
  { title: 'the import dialog with a problem', room: '#/draw', arrive: importFaultyText },
  { title: 'Prove', room: '#/prove' },
  { title: 'Prove at its end', room: '#/prove', arrive: (page) => page.keyboard.press('End') },
  { title: 'Prove with branches and its menu open', room: '#/prove', arrive: branchAndAct },
];

async function selectMessage(page) {
  await startFrom(page, 'Module’s template');
  await edge(page, 2).focus();
  await expect(edge(page, 2)).toHaveAttribute('aria-pressed', 'true');
}

async function listParts(page) {
  await selectMessage(page);
  await turnTo(page, 'Parts');
}

async function openMenu(page) {
  await selectMessage(page);
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menu')).toBeVisible();
}

async function branchAndAct(page) {
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowRight');
  await act(page, 'Node A', 'crash');
  await page.keyboard.press('a');
  await expect(page.getByRole('menu')).toBeVisible();
}

async function importFaultyText(page) {
  await startFrom(page, 'Import');
  await page.getByRole('textbox', { name: 'Mermaid text' }).fill('graph TD\nA[One] -->|x B\n');
  await expect(page.getByText('line 2, column 11')).toBeVisible();
}

test('the sandbox works in a sub-folder of a host that has nothing else', async ({ lab, origin, request }) => {
  expect((await request.get(`${origin}/`)).status()).toBe(404);
  await lab.open();
  await expect(lab.page.locator('#crash')).toBeHidden();
  await expect(lab.page.getByRole('navigation').first()).toBeVisible();
});

test('an address that names no room or no page says so, and shows the first', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/nonsense');
  await expect(page.getByRole('alert')).toHaveText('There is no room “nonsense” in the lab. This is the room Draw.');
  await page.getByRole('button', { name: 'Put this notice away' }).click();
  await expect(page.getByRole('alert')).toBeHidden();
  await expect.poll(() => page.evaluate(() => location.hash)).toBe('#/draw');
  await page.evaluate(() => location.assign('#/elsewhere'));
  await expect(page.getByRole('alert')).toContainText('There is no room “elsewhere”');
  await page.getByRole('link', { name: 'Prove', exact: true }).click();
  await expect(page.getByRole('alert')).toBeHidden();

  await lab.open('#/prove/nonsense');
  const words = page.getByText('There is no page “nonsense” in this room.');
  await expect(words).toBeVisible();
  const pages = page.getByRole('navigation', { name: 'Pages of the room Prove' });
  await expect(pages.locator('[aria-current=page]')).toHaveText('Walk through it');
  await pages.getByRole('link', { name: 'Beat the theorem' }).click();
  await expect(words).toBeHidden();
});

test('the host sends wasm with the type that lets a browser compile it while it arrives', async ({ lab }) => {
  const wasm = lab.page.waitForResponse((response) => new URL(response.url()).pathname.endsWith('.wasm'));
  await lab.open();
  const response = await wasm;
  expect(response.headers()['content-type']).toBe('application/wasm');
  expect(new URL(response.url()).pathname.startsWith(FOLDER)).toBe(true);
});

for (const theme of THEMES) {
  for (const { title, room, arrive } of SIGHTS) {
    test(`axe finds nothing to object to in ${title}, ${theme}`, async ({ lab }) => {
      await lab.page.emulateMedia({ reducedMotion: 'reduce' });
      await lab.open(room, { theme });
      await expect(lab.page.locator('html')).toHaveAttribute('data-theme', theme);
      await arrive?.(lab.page);
      const { violations } = await new AxeBuilder({ page: lab.page }).analyze();
      expect(violations.map(describe)).toEqual([]);
    });
  }
}

/** A violation in one line: the rule, and where it is broken. */
function describe({ id, help, nodes }) {
  return `${id}: ${help}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`;
}
