// The banner for the day the program panics, or never arrives. No way to make it panic is known, so the tests throw what a
// panic throws, put the browser out of order, or hold the program back.

import { readFile } from 'node:fs/promises';
import { TEMPLATE, documentOf, load } from './support/interface.mjs';
import { node } from './support/draw.mjs';
import { FOLDER, expect, test } from './support/page.mjs';

const banner = (page) => page.getByRole('alert').filter({ hasText: 'it is our fault' });
const isReady = (page) => expect(page.locator('html')).toHaveAttribute('data-ready', 'true');

test('after a crash the banner saves what was drawn as a file, and a reload goes on with it', async ({
  page,
  origin,
}) => {
  await page.goto(origin + FOLDER);
  await isReady(page);
  await load(page, TEMPLATE);
  await expect(node(page, 'NodeB_AP')).toBeVisible();
  const drawn = await documentOf(page);
  await expect(banner(page)).toBeHidden();

  await page.evaluate(() => {
    globalThis.document.querySelector('#app').remove(); // nothing of the program can help
    globalThis.setTimeout(() => {
      throw new WebAssembly.RuntimeError('unreachable');
    });
  });
  await expect(banner(page)).toBeVisible();
  await banner(page).getByText('What went wrong').click();
  await expect(banner(page)).toContainText('unreachable');

  const download = page.waitForEvent('download');
  await banner(page).getByRole('button', { name: 'Save my work' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('partition-lab-document.json');
  const saved = JSON.parse(await readFile(await file.path(), 'utf8'));
  expect(saved).toEqual(drawn);

  await banner(page).getByRole('button', { name: 'Reload' }).click();
  await isReady(page);
  await expect(banner(page)).toBeHidden();
  expect(await documentOf(page)).toEqual(drawn);
  await load(page, saved); // the file is a document that the page can open
  expect(await documentOf(page)).toEqual(drawn);
});

test('a panic shows the banner, with what the program said', async ({ page, origin }) => {
  await page.goto(origin + FOLDER);
  await isReady(page);
  await page.evaluate(() => {
    globalThis.document.createElementNS = () => {
      throw new Error('no more elements');
    };
  });
  await load(page, TEMPLATE);
  await expect(banner(page)).toBeVisible();
  await banner(page).getByText('What went wrong').click();
  await expect(banner(page)).toContainText(/panicked[^]*no more elements/);
});

test('a program that never arrives is owned up to, and a reload helps once it does', async ({ page, origin }) => {
  await page.route('**/*.wasm', (route) => route.abort());
  await page.goto(origin + FOLDER);
  await expect(banner(page)).toBeVisible();

  await page.unroute('**/*.wasm');
  await banner(page).getByRole('button', { name: 'Reload' }).click();
  await isReady(page);
  await expect(banner(page)).toBeHidden();
});
