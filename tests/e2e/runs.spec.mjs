// The page is several programs. Those in which things run come when they are needed or when the browser is idle; they are
// shown inside the first, and none disturbs another.

import { documentOf, load, verdicts } from './support/interface.mjs';
import { node } from './support/draw.mjs';
import { position, stepTo } from './support/prove.mjs';
import { FOLDER, expect, test } from './support/page.mjs';

/** The files of another program, by their endings. */
const ITS_FILES = ['js', 'wasm', 'css'];
const any = (ending) => new RegExp(`/runs-[0-9a-f]+/.+\\.${ending}(\\?.*)?$`);

const isReady = (page) => expect(page.locator('html')).toHaveAttribute('data-ready', 'true');
const crash = (page) => page.locator('#crash');
const excuse = (page) => page.getByRole('alert').filter({ hasText: 'could not be fetched' });
const retry = (page) => page.getByRole('button', { name: 'Retry' });
const room = (page, name) => page.getByRole('link', { name, exact: true });
const hasArrived = (page) =>
  page.evaluate(() => ['runs', 'prove'].every((name) => globalThis.__partitionLab.arrived(name) !== undefined));

test('Draw is ready before anything of the others is asked for, which then come by themselves', async ({ lab }) => {
  const { page } = lab;
  await page.addInitScript(() => {
    const { document } = globalThis;
    new globalThis.MutationObserver(() => {
      if (document.documentElement.dataset.ready) globalThis.readyAt ??= performance.now();
    }).observe(document, { attributes: true, subtree: true });
  });
  await lab.open('#/draw');
  await expect.poll(() => hasArrived(page)).toBe(true);
  const asked = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter(({ name }) => /\/runs-[0-9a-f]+\/.+$/.test(name))
      .map(({ name, startTime }) => [name.split('.').at(-1), startTime - globalThis.readyAt]),
  );
  for (const ending of ITS_FILES) expect(asked.map(([its]) => its)).toContain(ending);
  for (const [ending, after] of asked) expect(after, ending).toBeGreaterThan(0);
});

test('while its program is on its way the room says so, and verdicts can be asked for', async ({ lab }) => {
  const { page } = lab;
  let letGo;
  const held = new Promise((resolve) => (letGo = resolve));
  await page.route(any('wasm'), async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`${lab.home}#/prove`);
  await expect(page.getByRole('status')).toHaveText(/^Setting up/);
  await expect(page.locator('html')).not.toHaveAttribute('data-ready');
  const before = await verdicts(page);
  letGo();
  await lab.ready();
  await expect(position(page)).toHaveText(`step 0 of ${before.steps}`);
  expect(await verdicts(page)).toEqual(before);
});

for (const ending of ITS_FILES) {
  test(`without its .${ending} file the room says what to do, and Retry helps once it can be had`, async ({
    page,
    origin,
  }) => {
    await page.route(any(ending), (route) => route.abort());
    await page.goto(`${origin}${FOLDER}#/prove`);
    await expect(excuse(page)).toBeVisible();
    await isReady(page);
    expect((await verdicts(page)).step).toBe(0);
    const again = page.waitForEvent('requestfailed');
    await retry(page).click();
    await again; // still not there
    await expect(excuse(page)).toBeVisible();
    await room(page, 'Draw').click();
    await expect(page.locator('#canvas')).toBeVisible(); // the rest goes on

    await room(page, 'Prove').click();
    await expect(page.locator('#canvas')).toBeHidden(); // beside it there was an excuse, too
    await expect(excuse(page)).toBeVisible();
    await page.unroute(any(ending));
    await retry(page).click();
    await expect(position(page)).toContainText('step 0 of');
    await page.getByRole('button', { name: 'Step forward' }).click();
    await expect(position(page)).toContainText('step 1 of');
    await expect(crash(page)).toBeHidden();
  });
}

test('another program that cannot be fetched in advance disturbs nobody, and is fetched again when needed', async ({
  page,
  origin,
}) => {
  const failed = page.waitForEvent('requestfailed', (request) => request.url().includes('/prove/')); // the last that is fetched in advance
  await page.route(any('wasm'), (route) => route.abort());
  await page.goto(origin + FOLDER);
  await failed;
  await expect(crash(page)).toBeHidden();
  await page.unrouteAll({ behavior: 'wait' });
  await room(page, 'Prove').click();
  await expect(position(page)).toContainText('step 0 of');
});

test('ten times there and back: the branch stays, each key and click counts once, and nothing complains', async ({
  lab,
}) => {
  const { page } = lab;
  await lab.open('#/prove');
  await page.keyboard.press('End');
  await page.getByRole('button', { name: /^Heal the link/ }).click();
  const { step, steps } = await verdicts(page);
  for (let round = 0; round < 10; round += 1) {
    await room(page, 'Draw').click();
    await expect(page.locator('#canvas')).toBeVisible();
    expect(await verdicts(page)).toMatchObject({ step, steps });
    await room(page, 'Prove').click();
    await expect(position(page)).toHaveText(`step ${step} of ${steps}`);
  }
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await expect(position(page)).toHaveText(`step 1 of ${steps}`);
  await page.getByRole('button', { name: 'Step forward' }).click();
  await expect(position(page)).toHaveText(`step 2 of ${steps}`);
  await page.getByRole('button', { name: 'Undo: healed the link' }).click();
  expect((await verdicts(page)).steps).toBeLessThan(steps);
});

test('leaving at once, before its program is shown, and coming back works', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/draw');
  await page.evaluate(() => {
    for (const hash of ['#/prove', '#/draw', '#/prove', '#/draw', '#/prove']) globalThis.location.hash = hash;
    return new Promise((done) => setTimeout(done, 100)); // until the page has heard of all
  });
  await expect(position(page)).toContainText('step 0 of');
  await page.keyboard.press('ArrowRight');
  await expect(position(page)).toContainText('step 1 of');
});

test('what is clicked in one program is not clicked in the other', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/draw', { theme: 'dark' });
  await load(page, 'graph TD\nA[One] --> B[Two]\n');
  await expect(node(page, 'A')).toBeVisible();
  const drawn = await documentOf(page);
  await room(page, 'Prove').click();
  await stepTo(page, 4);
  const buttons = page.locator('main').getByRole('button');
  for (let at = 0; at < (await buttons.count()); at += 1) {
    if (await buttons.nth(at).isEnabled()) await buttons.nth(at).click();
    if (await page.locator('dialog[open], [role="menu"]').count()) await page.keyboard.press('Escape');
  }
  // Yew writes a number on each element that listens, and both programs count from 0.
  await page.evaluate(() => {
    const [theme, other] = ['.bar button', '.hosted button'].map((path) => globalThis.document.querySelector(path));
    other.__yew_listener_id = theme.__yew_listener_id;
    other.click();
  });
  await stepTo(page, 2); // by then all that was clicked has been dealt with
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect(await documentOf(page)).toEqual(drawn);
  await expect(page).toHaveURL(/#\/prove$/);

  await page.getByRole('button', { name: /^Switch to the light theme/ }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await expect(position(page)).toContainText('step 2 of');
});

test('a panic of another program shows the banner, with what it said', async ({ page, origin }) => {
  await page.goto(`${origin}${FOLDER}#/draw`);
  await isReady(page);
  await expect.poll(() => hasArrived(page)).toBe(true);
  await page.evaluate(() => {
    // A browser out of order: Yew panics when it cannot make an element.
    globalThis.document.createElementNS = () => {
      throw new Error('no more elements');
    };
  });
  await room(page, 'Prove').click();
  await expect(crash(page)).toBeVisible();
  await crash(page).getByText('What went wrong').click();
  await expect(crash(page)).toContainText('no more elements');
  await expect(crash(page)).toContainText('panicked');
});
