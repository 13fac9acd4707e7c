// Take away: what is saved of a run in the room Prove, and what other programs make of it.

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import AxeBuilder from '@axe-core/playwright';
import { verdicts } from './support/interface.mjs';
import { pageCode } from './support/links.mjs';
import { draw, openMermaid, mermaid } from './support/mermaid.mjs';
import { expect, test as base } from './support/page.mjs';
import { PROGRAM, printRun } from './support/program.mjs';
import { SIDES, position } from './support/prove.mjs';

const test = base.extend({
  mermaid,
  /** A folder for what is saved, gone after the test. */
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'partition-lab-'));
    await use(folder);
    await rm(folder, { recursive: true });
  },
});

const NAMES = ['gilbert-lynch-cp', 'gilbert-lynch-ap'];

const opener = (page) => page.getByRole('button', { name: 'Take away' });
const dialog = (page) => page.getByRole('dialog', { name: 'Take this run away' });
const inDialog = (page, name) => dialog(page).getByRole('button', { name, exact: true });
const text = (page) => dialog(page).locator('#take-text');

/** Opens the dialog on the walk as it is, at one side and one form. */
async function take(page, side, form) {
  if (!(await dialog(page).isVisible())) await opener(page).click();
  await inDialog(page, SIDES[side]).click();
  await inDialog(page, form).click();
}

/** What a button of the dialog saves. */
async function saved(page, button, folder) {
  const download = page.waitForEvent('download');
  await inDialog(page, button).click();
  const file = await download;
  const name = file.suggestedFilename();
  await expect(dialog(page).getByRole('status')).toHaveText(`${name} is saved`);
  const path = join(folder, name);
  await file.saveAs(path);
  return { name, path, bytes: await readFile(path) };
}

/** The program's word on files, and its exit code. */
async function program(...words) {
  try {
    return { code: 0, printed: (await promisify(execFile)(PROGRAM, words)).stdout };
  } catch (ended) {
    if (typeof ended.code !== 'number') throw ended;
    return { code: ended.code, printed: ended.stdout };
  }
}

test('every form is saved under a name of its own, and is what the dialog shows', async ({ lab, folder }) => {
  const { page } = lab;
  await lab.open('#/prove');
  const endings = {
    'Sequence diagram': '-sequence.mmd',
    'Flowchart, Portable': '-portable.mmd',
    'Flowchart, Module': '-module.mmd',
    'JSON lines': '.jsonl',
    'Jepsen log': '.log',
    'Run, as JSON': '.json',
  };
  for (const side of SIDES.keys()) {
    for (const [form, ending] of Object.entries(endings)) {
      await take(page, side, form);
      const { name, bytes } = await saved(page, 'Download', folder);
      expect(name).toBe(NAMES[side] + ending);
      expect(bytes.toString()).toBe(await text(page).textContent());
    }
  }
});

test('the texts are those that the program prints of the same run', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove');
  for (const side of SIDES.keys()) {
    for (const [form, printed] of [['Flowchart, Portable', 'portable'], ['Flowchart, Module', 'module'], ['JSON lines', 'history']]) {
      await take(page, side, form);
      expect(await text(page).textContent()).toBe(await printRun(printed, NAMES[side]));
    }
  }
});

for (const version of ['10.9', '11.4', '11.17', '12.3']) {
  test(`Mermaid ${version} draws what is taken of each side, healed as well`, async ({ lab, mermaid, context }) => {
    test.slow();
    const { page } = lab;
    await lab.open('#/prove');
    await page.keyboard.press('End');
    const texts = [];
    for (const healed of [false, true]) {
      if (healed) {
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: /^Heal the link/ }).click();
      }
      for (const side of SIDES.keys()) {
        for (const form of ['Sequence diagram', 'Flowchart, Portable']) {
          await take(page, side, form);
          texts.push({ side, form, healed, source: await text(page).textContent() });
        }
      }
    }
    const elsewhere = await context.browser().newContext();
    const stage = await elsewhere.newPage();
    await openMermaid(stage, mermaid, version);
    for (const { side, form, healed, source } of texts) {
      const picture = await draw(stage, source);
      expect(picture.error, `${form}, ${SIDES[side]}`).toBeUndefined();
      if (form === 'Sequence diagram') {
        expect(picture.actors.toSorted()).toEqual(['Client 1', 'Client 2', 'Node A', 'Node B']);
        expect(picture.notes[0]).toBe(SIDES[side]);
        expect(picture.messages).toContain('→╳ copy of v1');
        expect(picture.messages.includes('→ copy of v1'), 'the copy arrives once the link works').toBe(healed);
        expect(picture.notes.includes('The link works again')).toBe(healed);
      } else {
        expect(picture.nodes).toHaveLength(4);
        expect(picture.clipped).toEqual([]);
      }
    }
    await elsewhere.close();
  });
}

test('the program judges the history that was saved as the gauges do, before and after healing', async ({ lab, folder }) => {
  const { page } = lab;
  await lab.open('#/prove');
  await page.keyboard.press('End');
  for (const healed of [false, true]) {
    if (healed) {
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: /^Heal the link/ }).click();
      await page.keyboard.press('End');
    }
    const { sides } = await verdicts(page);
    for (const side of SIDES.keys()) {
      const violated = typeof sides[side].consistency.reading === 'object';
      for (const form of ['JSON lines', 'Jepsen log']) {
        await take(page, side, form);
        const { path, name } = await saved(page, 'Download', folder);
        const { code, printed } = await program('check', path);
        expect(code).toBe(violated ? 1 : 0);
        expect(printed).toMatch(violated ? /: not linearizable: / : /: linearizable\n$/);
        const says = dialog(page).locator('.take-command');
        await expect(says).toContainText(`partition-lab check ${name}`);
        await expect(says).toHaveText(violated ? /says: not linearizable$/ : /says: linearizable$/);
      }
    }
  }
});

test('the run that was saved runs again in the terminal, with what was done by hand', async ({ lab, folder }) => {
  const { page } = lab;
  await lab.open('#/prove');
  await page.keyboard.press('End');
  await page.getByRole('button', { name: /^Heal the link/ }).click();
  for (const side of SIDES.keys()) {
    await take(page, side, 'JSON lines');
    const lines = await text(page).textContent();
    await take(page, side, 'Run, as JSON');
    const { path, bytes } = await saved(page, 'Download', folder);
    expect(JSON.parse(bytes).acts).toHaveLength(1);
    expect(await program('simulate', '--to', 'history', path)).toEqual({ code: 0, printed: lines });
    const { printed } = await program('simulate', '--to', 'trace', path);
    expect(printed).toContain('"event":"healed"');
  }
});

test('the picture is a file of its own with the words of the stage, in either palette', async ({ lab, folder }) => {
  const { page } = lab;
  await lab.open('#/prove', { theme: 'light' });
  await page.keyboard.press('End');
  for (const [side, letter] of ['c', 'a'].entries()) {
    const words = '.head text, .slant text, .held text, .tear-line text';
    const stage = page.locator(`.stage[data-side=${letter}] > svg`);
    const onStage = (await stage.locator(words).allTextContents()).map((word) => word.trim()).toSorted();
    const papers = [];
    for (const colours of ['Light', 'Dark']) {
      await take(page, side, 'Space-time picture');
      await inDialog(page, colours).click();
      const { name, bytes } = await saved(page, 'SVG', folder);
      expect(name).toBe(`${NAMES[side]}.svg`);
      const drawing = await page.evaluate((svg) => {
        const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
        const all = (selector) => [...parsed.querySelectorAll(selector)];
        return {
          broken: parsed.querySelector('parsererror')?.textContent,
          title: parsed.querySelector('title')?.textContent,
          story: parsed.querySelector('desc')?.textContent,
          words: all('g text').map((part) => part.textContent.trim()).toSorted(),
          paper: parsed.querySelector('rect').getAttribute('fill'),
          needs: all('style, script, image, use, [href], [class], [style]').length,
        };
      }, bytes.toString());
      expect(drawing.broken).toBeUndefined();
      expect(drawing.title).toBe(SIDES[side]);
      expect(drawing.story).toContain('The link between Node A and Node B is cut.');
      expect(drawing.words).toEqual(onStage);
      expect(drawing.needs).toBe(0);
      papers.push(drawing.paper);
    }
    expect(new Set(papers).size).toBe(2);
    await page.keyboard.press('Escape');
  }
});

test('no word of the picture lies on another, and none sticks out of it', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove');
  await page.keyboard.press('End');
  for (const side of SIDES.keys()) {
    await take(page, side, 'Space-time picture');
    const source = await dialog(page).getByRole('img').getAttribute('src');
    const svg = decodeURIComponent(source.replace('data:image/svg+xml,', ''));
    const clashes = await page.evaluate((given) => {
      const box = document.createElement('div');
      box.innerHTML = given;
      document.body.append(box);
      const whole = box.firstElementChild.getBoundingClientRect();
      const texts = [...box.querySelectorAll('text')].map((part) => [part.textContent, part.getBoundingClientRect()]);
      const found = [];
      for (const [at, [words, one]] of texts.entries()) {
        if (one.left < whole.left || one.right > whole.right || one.bottom > whole.bottom) found.push(`${words} sticks out`);
        for (const [others, other] of texts.slice(at + 1)) {
          const apart = one.right < other.left || other.right < one.left || one.bottom - 3 < other.top || other.bottom - 3 < one.top;
          if (!apart) found.push(`${words} lies on ${others}`);
        }
      }
      box.remove();
      return found;
    }, svg);
    expect(clashes).toEqual([]);
  }
});

test('the PNG has the picture in it, two pixels for one', async ({ lab, folder }) => {
  const { page } = lab;
  await lab.open('#/prove', { theme: 'light' });
  await take(page, 1, 'Space-time picture');
  const svg = (await saved(page, 'SVG', folder)).bytes.toString();
  const size = ['width', 'height'].map((side) => Math.floor(Number(svg.match(new RegExp(` ${side}="([\\d.]+)"`))[1])));
  const { name, bytes } = await saved(page, 'PNG', folder);
  expect(name).toBe('gilbert-lynch-ap.png');
  const seen = await page.evaluate(async (data) => {
    const blob = new Blob([Uint8Array.from(atob(data), (letter) => letter.codePointAt(0))], { type: 'image/png' });
    const image = await createImageBitmap(blob);
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const { data: pixels } = context.getImageData(0, 0, image.width, image.height);
    const colours = new Map();
    for (let at = 0; at < pixels.length; at += 4) {
      const colour = pixels.slice(at, at + 3).join(',');
      colours.set(colour, (colours.get(colour) ?? 0) + 1);
    }
    return { width: image.width, height: image.height, colours: Object.fromEntries(colours) };
  }, bytes.toString('base64'));
  expect(Math.abs(seen.width - 2 * size[0])).toBeLessThanOrEqual(2);
  expect(Math.abs(seen.height - 2 * size[1])).toBeLessThanOrEqual(2);
  const paper = seen.colours['253,251,245'];
  expect(paper).toBeGreaterThan((seen.width * seen.height) / 2);
  for (const [what, colour] of [['violation', '179,48,58'], ['the cut', '133,88,16'], ['words', '27,34,51']]) {
    expect(seen.colours[colour], what).toBeGreaterThan(50);
  }
});

test('the link opens the page as it was, elsewhere', async ({ lab, browser }) => {
  const { page } = lab;
  await lab.open('#/prove');
  await page.keyboard.press('End');
  await page.getByRole('button', { name: /^Heal the link/ }).click();
  await expect(page.getByRole('button', { name: 'Undo: healed the link' })).toBeVisible();
  const here = await position(page).textContent();
  await take(page, 0, 'Link');
  const link = await text(page).textContent();
  expect(link.startsWith(`${lab.home}#/prove/`)).toBe(true);

  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await other.goto(link);
  await expect(position(other)).toHaveText(here);
  await expect(other.getByRole('button', { name: 'Undo: healed the link' })).toBeVisible();
  await elsewhere.close();
});

test('a link to a page opens it anew where its state cannot be read, and never breaks anything', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove');
  const follow = (code) => page.evaluate((to) => { globalThis.location.hash = `#/prove/${to}`; }, code);
  await follow(pageCode('walk', '{"step":4}'));
  await expect(position(page)).toContainText('step 4 of');
  for (const state of ['', '{', 'null', '[]', '17', '"x"', '{"step":"four"}', '{"step":-1}', '{"step":1.5}', '{"step":{}}', '{"healed":true}', 'x'.repeat(20_000)]) {
    await follow(pageCode('walk', '{"step":4}'));
    await expect(position(page)).toContainText('step 4 of');
    await follow(pageCode('walk', state));
    await expect(position(page)).toContainText('step 0 of');
  }
  for (const state of ['{"step":999999}', '{"step":9007199254740991}', '{"step":9,"healed":400000}']) {
    await follow(pageCode('walk', state));
    await expect(position(page)).toHaveText(/^step (\d+) of \d+$/);
  }
  for (const name of ['view', 'outcomes', 'beat', 'beyond', 'history']) {
    for (const state of ['', '{', 'null', '[]', '{"step":[]}', '{"rules":7}', 'x'.repeat(20_000)]) {
      await follow(pageCode(name, state));
      await expect.poll(() => page.evaluate(() => globalThis.location.hash)).toBe(`#/prove/${name}`);
    }
  }
  for (const name of ['', 'no-such-page', '../draw', 'Walk']) {
    await follow(pageCode(name, '{"step":4}'));
    await expect.poll(() => page.evaluate(() => globalThis.location.hash)).toBe('#/prove');
    await expect(position(page)).toBeVisible();
  }
  await expect(page.locator('#crash')).toBeHidden();
});

test('what is copied is what is shown', async ({ lab, context }) => {
  const { page } = lab;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await lab.open('#/prove');
  for (const form of ['Sequence diagram', 'Link', 'Jepsen log']) {
    await take(page, 0, form);
    await inDialog(page, 'Copy').click();
    await expect(dialog(page).getByRole('status')).toHaveText('Copied');
    const shown = await text(page).textContent();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(shown);
  }
});

test('all of it can be done by keyboard, and the focus returns', async ({ lab }) => {
  const { page } = lab;
  await lab.open('#/prove');
  await opener(page).focus();
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toBeVisible();
  const focused = () => page.evaluate(() => document.activeElement.textContent);
  const tabTo = async (name) => {
    for (let tries = 0; tries < 30; tries += 1) {
      if ((await focused()) === name) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`no way to ${name}`);
  };
  await tabTo(SIDES[1]);
  await page.keyboard.press('Space');
  await tabTo('Jepsen log');
  await page.keyboard.press('Enter');
  await expect(inDialog(page, 'Jepsen log')).toHaveAttribute('aria-pressed', 'true');
  await tabTo('Download');
  const download = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  expect((await download).suggestedFilename()).toBe('gilbert-lynch-ap.log');
  await page.keyboard.press('End'); // the keys of the walk are not for the dialog
  expect((await verdicts(page)).step).toBe(0);
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  await expect(opener(page)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toBeVisible();
  // However fast one is, a dialog that is closed is gone, and the next one opens.
  await Promise.all(['Escape', 'Enter', 'Escape', 'Enter'].map((key) => page.keyboard.press(key)));
  await inDialog(page, 'Close').press('Enter');
  await expect(dialog(page)).toHaveCount(0);
  await expect(opener(page)).toBeFocused();
  await page.keyboard.press('End');
  expect((await verdicts(page)).step).toBeGreaterThan(0);
});

for (const theme of ['dark', 'light']) {
  for (const [width, height] of [[1440, 900], [1024, 768], [390, 844]]) {
    test(`the dialog has no barrier and fits into ${width}×${height}, ${theme}`, async ({ lab }) => {
      const { page } = lab;
      await page.setViewportSize({ width, height });
      await lab.open('#/prove', { theme });
      for (const form of ['Sequence diagram', 'Space-time picture', 'JSON lines', 'Link']) {
        await take(page, 1, form);
        const found = await new AxeBuilder({ page }).include('dialog.take').analyze();
        expect(found.violations).toEqual([]);
        const box = await dialog(page).boundingBox();
        expect(box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height).toBe(true);
        for (const button of await dialog(page).locator('footer button').all()) await expect(button).toBeInViewport({ ratio: 1 });
        await expect(dialog(page).locator('.take-about')).toBeVisible();
      }
    });
  }
}

test('a link is followed once: what is done after it is there when one comes back to the room', async ({ lab }) => {
  const { page } = lab;
  await lab.open(`#/prove/${pageCode('walk', '{"step":4}')}`);
  await expect(position(page)).toContainText('step 4 of');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.getByRole('link', { name: 'Draw', exact: true }).click();
  await page.getByRole('link', { name: 'Prove', exact: true }).click();
  await expect(position(page)).toContainText('step 6 of');
  await page.evaluate((to) => { globalThis.location.hash = `#/prove/${to}`; }, pageCode('walk', '{"step":4}'));
  await expect(position(page)).toContainText('step 4 of');
});

test('the link of a page on which nothing is open yet leads to it, not to the page before', async ({ lab, browser }) => {
  const { page } = lab;
  await lab.open('#/prove/beat');
  await page.getByRole('link', { name: 'Real histories' }).click();
  await expect(page.getByRole('heading', { name: /^Where does a history stop/ })).toBeVisible();
  await page.getByRole('button', { name: 'Share' }).click();
  const link = await page.getByRole('dialog').getByRole('textbox').first().inputValue();
  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await other.goto(link);
  await expect(other).toHaveURL(/#\/prove\/history$/);
  await elsewhere.close();
});
