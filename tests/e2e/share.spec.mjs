// Share and keep: links, drafts, files, pictures, paper.

import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { FALLACIES, TEMPLATE, documentOf, exported, load, verdicts } from './support/interface.mjs';
import { click, node, undo } from './support/draw.mjs';
import { bomb, dice, mutated, sealed } from './support/links.mjs';
import { FOLDER, expect, test } from './support/page.mjs';
import { position, stepTo } from './support/prove.mjs';

const shareButton = (page) => page.getByRole('button', { name: 'Share', exact: true }).first();
const dialog = (page) => page.getByRole('dialog', { name: 'Share and keep' });
const inDialog = (page, name) => dialog(page).getByRole('button', { name, exact: true });
const said = (page) => dialog(page).locator('.share-said');
const notice = (page) => page.locator('.notice');
const draft = (page, name) => dialog(page).getByRole('listitem').filter({ hasText: name });
const picture = (page) => page.locator('#canvas').evaluate((svg) => svg.outerHTML);
const hash = (page) => page.evaluate(() => globalThis.location.hash);

async function openDialog(page, part = 'Share') {
  await shareButton(page).click();
  await inDialog(page, part).click();
}

async function linkOf(page) {
  await openDialog(page);
  const link = await dialog(page).getByRole('textbox', { name: 'Link' }).inputValue();
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
  return link;
}

async function codeOf(page) {
  return (await linkOf(page)).split('#/draw/')[1];
}

const follow = (page, code) =>
  page.evaluate((to) => {
    globalThis.location.hash = `#/draw/${to}`;
  }, code);

/** What a button of the dialog saves. */
async function saved(page, button) {
  const download = page.waitForEvent('download');
  await button.click();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

/** The template with a node moved, stacked: more than its text can say. */
async function drawSomething(page) {
  await load(page, TEMPLATE);
  await click(page, node(page, 'NodeB_CP'));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Stacked' }).click();
  await expect.poll(async () => (await documentOf(page)).arrangement).toBe('stacked');
  await page.evaluate(() => globalThis.partitionLab.load(globalThis.partitionLab.document())); // selects nothing
}

test('a link opened in a fresh profile shows the same picture, and is then out of the way', async ({
  lab,
  browser,
}) => {
  await lab.open();
  await drawSomething(lab.page);
  const link = await linkOf(lab.page);
  expect(link.length).toBeLessThan(600);

  const elsewhere = await browser.newContext();
  const page = await elsewhere.newPage();
  await page.goto(link);
  await expect(node(page, 'NodeB_AP')).toBeVisible();
  expect(await documentOf(page)).toEqual(await documentOf(lab.page));
  expect(await picture(page)).toBe(await picture(lab.page));

  await expect.poll(() => hash(page)).toBe('#/draw');
  await expect(notice(page)).toContainText('This drawing came with the link');
  await notice(page).getByRole('button').click();
  await expect(notice(page)).toHaveCount(0);

  // A reload shows what was done since.
  await node(page, 'NodeB_AP').focus();
  await page.keyboard.press('Delete');
  await expect(node(page, 'NodeB_AP')).toHaveCount(0);
  await page.reload();
  await expect(node(page, 'NodeA_AP')).toBeVisible();
  await expect(node(page, 'NodeB_AP')).toHaveCount(0);
  await elsewhere.close();
});

test('what was drawn before a link came is a step of undo away, and a draft', async ({ lab }) => {
  const { page } = lab;
  await lab.open();
  await load(page, FALLACIES);
  const code = await codeOf(page);
  await load(page, TEMPLATE);
  const before = await documentOf(page);

  await follow(page, code);
  await expect.poll(() => exported(page)).toBe(FALLACIES);
  await expect(notice(page)).toContainText('is kept as the draft “Before opening a link, ');
  await undo(page).click();
  expect(await documentOf(page)).toEqual(before);
  await page.getByRole('button', { name: /^Redo/ }).click();
  expect(await exported(page)).toBe(FALLACIES);

  // Nothing is lost by a reload, either.
  await lab.reload();
  await openDialog(page, 'Drafts');
  await draft(page, 'Before opening a link').getByRole('button', { name: /^Open/ }).click();
  await expect(dialog(page)).toBeHidden();
  expect(await documentOf(page)).toEqual(before);

  // The same link again, of what is there already, changes nothing and says nothing.
  await expect(notice(page)).toHaveCount(0);
  await follow(page, await codeOf(page));
  await expect.poll(() => hash(page)).toBe('#/draw');
  await expect(notice(page)).toHaveCount(0);
});

for (const healed of ['', ', in which the link was healed']) {
  test(`a link to a step of the impossibility${healed} opens that step`, async ({ lab, browser }) => {
    const { page } = lab;
    await lab.open('#/prove');
    const heal = page.getByRole('button', { name: /^Heal the link/ });
    await stepTo(page, 4);
    if (healed) await heal.click();
    await page.keyboard.press('ArrowRight');
    await expect(position(page)).toContainText(`step ${healed ? 6 : 5} of`);
    const here = await position(page).textContent();
    const link = await linkOf(page);
    expect(link).toContain('#/prove/');

    const elsewhere = await browser.newContext();
    const other = await elsewhere.newPage();
    await other.goto(link);
    await expect(position(other)).toHaveText(here);
    await expect.poll(() => hash(other)).toBe('#/prove');
    expect(await verdicts(other)).toEqual(await verdicts(page));
    await expect(other.getByRole('button', { name: 'Undo: healed the link' })).toHaveCount(healed ? 1 : 0);
    await elsewhere.close();
  });
}

test('a thousand mutated links each end in a kind sentence and an intact page', async ({ lab }) => {
  test.setTimeout(240_000);
  const { page } = lab;
  await lab.open();
  await drawSomething(page);
  const code = await codeOf(page);
  const [drawn, shown] = [await documentOf(page), await picture(page)];
  const roll = dice(20_231_123);
  const mutants = [];
  for (let how = 0; mutants.length < 1_000; how += 1) {
    const mutant = mutated(code, how, roll);
    if (mutant !== code) mutants.push(mutant);
  }
  const sentences = new Map();
  while (mutants.length > 0) {
    for (const sentence of await page.evaluate(followAll, mutants.splice(0, 100))) {
      sentences.set(sentence, (sentences.get(sentence) ?? 0) + 1);
    }
    expect(await documentOf(page)).toEqual(drawn);
  }
  expect([...sentences.values()].reduce((sum, count) => sum + count)).toBe(1_000);
  for (const sentence of sentences.keys()) expect(sentence).toMatch(/^(A part of|The drawing in|This) ?.*link .*\.$/);
  expect(sentences.size, [...sentences.keys()].join('\n')).toBe(5); // cut off, damaged, newer, too long, too large
  expect(await picture(page)).toBe(shown);
  await expect(page.locator('#crash')).toBeHidden();
  await click(page, node(page, 'NodeA_CP')); // it is alive
  await expect(node(page, 'NodeA_CP')).toHaveAttribute('aria-pressed', 'true');
});

/** In the page: follows each link, notes what the page says, and puts that away. */
async function followAll(codes) {
  const until = async (what) => {
    for (let tries = 0; tries < 500; tries += 1) {
      const found = what();
      if (found) return found;
      await new Promise((resolve) => globalThis.setTimeout(resolve, tries < 20 ? 0 : 10));
    }
    throw new Error(`nothing came of ${globalThis.location.hash.slice(0, 200)}`);
  };
  const alert = () => globalThis.document.querySelector('.notice [role="alert"]');
  const sentences = [];
  for (const code of codes) {
    globalThis.location.hash = `#/draw/${code}`;
    sentences.push((await until(alert)).textContent);
    globalThis.document.querySelector('.notice button').click();
    await until(() => !alert() && globalThis.location.hash === '#/draw');
  }
  return sentences;
}

for (const [what, code, words] of [
  ['cut off', (whole) => whole.slice(0, 100), 'A part of this link is missing'],
  ['damaged', (whole) => `${whole.slice(0, 60)}${whole[60] === 'A' ? 'B' : 'A'}${whole.slice(61)}`, 'This link is damaged'],
  ['newer', () => sealed({ version: 2, unpacked: 3, packed: [1, 2, 3] }), 'newer Partition Lab'],
  ['too long', (whole) => whole.repeat(3_000), 'longer than any'],
  ['a bomb', () => bomb(10_000_000), 'larger than a link can hold'],
  ['a bomb that lies', () => bomb(10_000_000, 1_000), 'This link is damaged'],
  ['nonsense', () => 'hello', 'of this link is missing'],
]) {
  test(`a page that opens with a link that is ${what} says so, and has the drawing of last time`, async ({ lab }) => {
    const { page } = lab;
    await lab.open();
    await load(page, TEMPLATE);
    const broken = code(await codeOf(page));
    await page.goto('about:blank');
    await lab.open(`#/draw/${broken}`);
    await expect(page.getByRole('alert').filter({ hasText: words })).toBeVisible();
    expect(await exported(page)).toBe(TEMPLATE);
    await notice(page).getByRole('button', { name: 'Put this notice away' }).click();
    await expect(notice(page)).toHaveCount(0);
    expect(await hash(page)).toBe('#/draw');
    await lab.reload();
    await expect(notice(page)).toHaveCount(0);
    expect(await exported(page)).toBe(TEMPLATE);
  });
}

test('the link can be copied, and a drawing too large for one says what to do', async ({ lab, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { page } = lab;
  await lab.open();
  await openDialog(page);
  const field = dialog(page).getByRole('textbox', { name: 'Link' });
  await expect(dialog(page)).toContainText(`${(await field.inputValue()).length} letters`);
  await inDialog(page, 'Copy').click();
  await expect(said(page)).toHaveText('The link is copied.');
  expect(await page.evaluate(() => globalThis.navigator.clipboard.readText())).toBe(await field.inputValue());

  await page.keyboard.press('Escape');
  const roll = dice(5);
  const noise = Array.from({ length: 70_000 }, () => String.fromCharCode(97 + roll(26))).join('');
  const large = { id: 'A', label: { raw: noise, quoted: true } };
  await load(page, { version: 1, diagram: { nodes: [large] } });
  await openDialog(page);
  await expect(dialog(page)).toContainText('too large for a link. Save it as a file');
  await expect(inDialog(page, 'Copy')).toBeDisabled();
});

test('drafts are kept, renamed, copied, opened and deleted, and a deletion can be taken back', async ({ lab }) => {
  const { page } = lab;
  await lab.open();
  await drawSomething(page);
  const first = await documentOf(page);
  await openDialog(page, 'Drafts');
  await expect(dialog(page)).toContainText('No drafts yet');
  const name = dialog(page).getByRole('textbox', { name: 'Name of a new draft' });
  await name.fill('First try');
  await page.keyboard.press('Enter');
  await expect(said(page)).toHaveText('Kept “First try”.');
  await expect(draft(page, 'First try')).toContainText(/\d+ [A-Z][a-z]{2} \d\d:\d\d · 7 nodes, 8 edges/);
  await page.keyboard.press('Escape');

  await load(page, FALLACIES);
  await openDialog(page, 'Drafts');
  await inDialog(page, 'Keep this drawing').click(); // a name is found for it
  await expect(dialog(page).getByRole('listitem')).toHaveCount(2);
  await expect(draft(page, /Draft of \d/)).toContainText('12 nodes, 11 edges');

  await inDialog(page, 'Rename First try').click();
  const field = dialog(page).getByRole('textbox', { name: 'New name' });
  await expect(field).toBeFocused();
  await page.keyboard.press('Escape'); // ends the renaming alone
  await expect(field).toHaveCount(0);
  await expect(inDialog(page, 'Rename First try')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.type('Both halves');
  await page.keyboard.press('Enter');
  await expect(inDialog(page, 'Rename Both halves')).toBeFocused();

  await inDialog(page, 'Duplicate Both halves').click();
  await expect(draft(page, 'Both halves 2')).toBeVisible();
  await lab.reload();
  await openDialog(page, 'Drafts');
  await expect(dialog(page).getByRole('listitem').locator('strong')).toHaveText([/Draft of/, 'Both halves 2', 'Both halves']);

  await inDialog(page, 'Delete Both halves 2').click();
  await expect(draft(page, 'Both halves 2')).toHaveCount(0);
  await expect(inDialog(page, 'Undo')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByRole('listitem').locator('strong')).toHaveText([/Draft of/, 'Both halves 2', 'Both halves']);

  await inDialog(page, 'Open Both halves').click();
  await expect(dialog(page)).toBeHidden();
  expect(await documentOf(page)).toEqual(first);
  await undo(page).click();
  expect(await exported(page)).toBe(FALLACIES);
});

test('a browser without room says so and what to do, and keeps the drafts it has', async ({ lab }) => {
  const { page } = lab;
  await lab.open();
  await load(page, TEMPLATE);
  await openDialog(page, 'Drafts');
  await inDialog(page, 'Keep this drawing').click();
  await expect(dialog(page).getByRole('listitem')).toHaveCount(1);
  await page.evaluate(() => {
    let size = 1 << 22;
    let kept = '';
    while (size > 64) {
      try {
        globalThis.localStorage.setItem('full', kept + 'x'.repeat(size));
        kept += 'x'.repeat(size);
      } catch {
        size /= 2;
      }
    }
  });
  await inDialog(page, 'Keep this drawing').click();
  await expect(dialog(page).getByRole('alert')).toContainText('no room left');
  await expect(dialog(page).getByRole('listitem')).toHaveCount(1);
});

test('what could not be read is kept aside and can be saved', async ({ lab }) => {
  const { page } = lab;
  await page.addInitScript(() => {
    globalThis.localStorage.setItem('partition-lab/document', '{"half":');
    globalThis.localStorage.setItem('partition-lab/drafts', '[["no draft"]]');
  });
  await lab.open();
  await openDialog(page, 'Drafts');
  const row = (what) => dialog(page).locator('p', { hasText: what }).getByRole('button');
  const drawing = await saved(page, row('A drawing that this page could not read'));
  expect([drawing.name, String(drawing.bytes)]).toEqual(['partition-lab-document.json', '{"half":']);
  const list = await saved(page, row('A list of drafts that this page could not read'));
  expect([list.name, String(list.bytes)]).toEqual(['partition-lab-drafts.json', '[["no draft"]]']);
});

test('the picture as SVG stands on its own, without what is there for working on it', async ({ lab }) => {
  const { page } = lab;
  await lab.open();
  await load(page, TEMPLATE);
  await click(page, node(page, 'NodeA_CP'));
  await openDialog(page);
  const svg = await saved(page, inDialog(page, 'SVG'));
  expect(svg.name).toBe('partition-lab.svg');
  const text = String(svg.bytes);
  for (const word of [' class=', ' style=', 'tabindex', 'aria-', 'foreignObject', 'var(', 'color(', 'color-mix', 'context-stroke', 'part-']) {
    expect(text).not.toContain(word);
  }
  expect(text).not.toMatch(/href|url\((?!#)/); // nothing from elsewhere
  const drawn = await page.evaluate(async (source) => {
    const parsed = new globalThis.DOMParser().parseFromString(source, 'image/svg+xml');
    const image = new globalThis.Image();
    image.src = `data:image/svg+xml,${encodeURIComponent(source)}`;
    await image.decode();
    const canvas = globalThis.document.createElement('canvas');
    [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    const colours = new Set();
    for (let at = 0; at < data.length; at += 4) colours.add(data.slice(at, at + 3).join(' '));
    return {
      faults: parsed.querySelectorAll('parsererror').length,
      texts: [...parsed.querySelectorAll('text')].map((line) => line.textContent.trim()),
      markers: [...parsed.querySelectorAll('[marker-end]')].every((line) =>
        parsed.querySelector(`marker[id="${line.getAttribute('marker-end').slice(5, -1)}"]`),
      ),
      size: [image.naturalWidth, image.naturalHeight],
      colours: [...colours],
    };
  }, text);
  expect(drawn.faults).toBe(0);
  expect(drawn.texts).toEqual(await page.locator('#canvas text').evaluateAll((all) => all.map((it) => it.textContent.trim())));
  expect(drawn.markers).toBe(true);
  const box = await page.locator('#canvas').evaluate((it) => it.getAttribute('viewBox').split(' ').slice(2).map(Number));
  expect(drawn.size).toEqual(box.map(Math.ceil));
  // The colours of the sheets: consistency, availability, the cut; and the ring of what is selected is not there.
  for (const colour of ['127 178 255', '95 208 160', '217 171 98']) expect(drawn.colours).toContain(colour);
  const stroke = text.match(/<rect [^>]*rx="12.0"[^>]*stroke="([^"]+)"/)[1];
  expect(stroke).not.toBe('rgb(217, 171, 98)');
});

for (const theme of ['dark', 'light']) {
  test(`the picture as PNG has two pixels for each, on the paper of the ${theme} theme`, async ({ lab }) => {
    const { page } = lab;
    await lab.open('', { theme });
    await load(page, TEMPLATE);
    const box = await page.locator('#canvas').evaluate((it) => it.getAttribute('viewBox').split(' ').slice(2).map(Number));
    await openDialog(page);
    const png = await saved(page, inDialog(page, 'PNG'));
    expect(png.name).toBe('partition-lab.png');
    expect([png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20)]).toEqual(box.map((side) => Math.ceil(side) * 2));
    const corner = await page.evaluate(async (base64) => {
      const image = new globalThis.Image();
      image.src = `data:image/png;base64,${base64}`;
      await image.decode();
      const canvas = globalThis.document.createElement('canvas');
      const context = canvas.getContext('2d');
      context.drawImage(image, 0, 0);
      return [...context.getImageData(0, 0, 1, 1).data];
    }, png.bytes.toString('base64'));
    expect(corner).toEqual(theme === 'dark' ? [12, 17, 27, 255] : [253, 251, 245, 255]);
    await expect(said(page)).toHaveText('partition-lab.png is saved.');
  });
}

test('a submission says what, when and with which program, and opens again', async ({ lab }) => {
  const { page } = lab;
  await lab.open();
  await load(page, TEMPLATE);
  await openDialog(page);
  const file = await saved(page, inDialog(page, 'Save submission'));
  expect(file.name).toBe('partition-lab-submission.json');
  const submission = JSON.parse(file.bytes);
  expect(submission).toMatchObject({ format: 'partition-lab-submission', version: 1, answer: TEMPLATE });
  expect(submission.program).toMatch(/^\d+\.\d+\.\d+$/);
  expect(Math.abs(Date.parse(submission.made) - Date.now())).toBeLessThan(60_000);
  expect(submission.goals.every((goal) => typeof goal.id === 'string' && typeof goal.met === 'boolean')).toBe(true);
  expect(submission.points).toBeLessThanOrEqual(submission.of);

  await page.keyboard.press('Escape');
  await load(page, FALLACIES);
  await openFile(page, file.name, file.bytes);
  await expect(dialog(page)).toBeHidden();
  expect(await exported(page)).toBe(TEMPLATE);
});

async function openFile(page, name, content) {
  if (!(await dialog(page).isVisible())) await openDialog(page);
  const field = dialog(page).locator('input[type=file]');
  await field.setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) });
}

test('a saved drawing opens again with its places, and a Mermaid text does', async ({ lab }) => {
  const { page } = lab;
  await lab.open();
  await drawSomething(page);
  const drawn = await documentOf(page);
  await openDialog(page);
  const file = await saved(page, inDialog(page, 'Save'));
  expect(file.name).toBe('partition-lab.json');
  expect(JSON.parse(file.bytes)).toEqual(drawn);

  await openFile(page, 'fallacies.mmd', FALLACIES);
  await expect(dialog(page)).toBeHidden();
  expect(await exported(page)).toBe(FALLACIES);
  await openFile(page, file.name, file.bytes);
  await expect(dialog(page)).toBeHidden();
  expect(await documentOf(page)).toEqual(drawn);
  await undo(page).click();
  expect(await exported(page)).toBe(FALLACIES);
});

for (const [name, content, words] of [
  ['empty.mmd', '', 'it is empty'],
  ['half.json', '{"version": 1,\n "diagram": {"nodes"', /no whole JSON: .*(line 2|position \d+)/],
  ['other.json', '{"name": "something else"}', 'not a Partition Lab document'],
  ['newer.json', '{"version": 99, "diagram": {}}', 'version 99'],
  ['loose.json', '{"version": 1, "diagram": {"edges": [{"from": "A", "to": "B"}]}}', 'edge 1'],
  ['bad.mmd', 'graph TD\nA[One] -->|x B\n', 'line 2, column 11'],
  ['handed-in.json', '{"format": "partition-lab-submission", "version": 1, "answer": "graph TD\\nA[One"}', 'line 2, column'],
  ['no-answer.json', '{"format": "partition-lab-submission", "version": 1}', 'no answer'],
  ['picture.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 0xff, 0xfe]), 'line 1, column'],
  ['huge.mmd', 'x'.repeat(4_100_000), 'larger than 4 MB'],
]) {
  test(`the file ${name} cannot be opened, and one is told why`, async ({ lab }) => {
    const { page } = lab;
    await lab.open();
    await load(page, TEMPLATE);
    await openFile(page, name, content);
    const problem = dialog(page).getByRole('alert');
    await expect(problem).toContainText(name);
    await expect(problem).toContainText(words);
    expect(await exported(page)).toBe(TEMPLATE);
  });
}

test('paper shows the picture and both texts on one page, and nothing of the page', async ({ lab }) => {
  const { page } = lab;
  await lab.open();
  await load(page, TEMPLATE);
  await click(page, node(page, 'NodeA_CP'));
  await expect(page.locator('.progress')).toContainText('8 of 10'); // what lays the sheet has come
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  expect(String(pdf).match(/\/Type \/Page\b(?!s)/g)).toHaveLength(1);
  await expect(page.locator('#sheet')).toHaveCount(0);

  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => globalThis.dispatchEvent(new globalThis.Event('beforeprint')));
  const sheet = page.locator('#sheet');
  await expect(sheet).toBeVisible();
  await expect(sheet.locator('pre').first()).toHaveText(TEMPLATE.trim());
  await expect(sheet.locator('svg .card')).toHaveCount(7);
  await expect(sheet.locator('.chosen, .hit')).toHaveCount(0);
  await expect(page.locator('.shell')).toBeHidden();
  expect(await sheet.evaluate((it) => globalThis.getComputedStyle(it.ownerDocument.body).backgroundColor)).toBe('rgb(255, 255, 255)');
  await page.evaluate(() => globalThis.dispatchEvent(new globalThis.Event('afterprint')));
  await expect(sheet).toHaveCount(0);
});

test('by keyboard: the dialog opens, Copy has the focus, Escape closes it and the focus returns', async ({ lab }) => {
  const { page } = lab;
  await lab.open();
  await shareButton(page).focus();
  await page.keyboard.press('Enter');
  await expect(inDialog(page, 'Copy')).toBeFocused();
  await page.keyboard.press('n'); // a key of the room behind it
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
  await expect(shareButton(page)).toBeFocused();
  await page.keyboard.press('Enter');
  await inDialog(page, 'Close').press('Enter');
  await expect(dialog(page)).toBeHidden();
  await expect(shareButton(page)).toBeFocused();
  expect((await documentOf(page)).diagram.nodes).toEqual([]);
});

for (const theme of ['dark', 'light']) {
  test(`axe finds nothing to object to in the dialog and the notice, ${theme}`, async ({ lab }) => {
    const { page } = lab;
    await lab.open('', { theme });
    await load(page, TEMPLATE);
    await openDialog(page);
    await expectNoBarriers(page);
    await inDialog(page, 'Drafts').click();
    await inDialog(page, 'Keep this drawing').click();
    await inDialog(page, 'Keep this drawing').click();
    await inDialog(page, 'Delete').or(dialog(page).getByRole('button', { name: /^Delete/ })).first().click();
    await dialog(page).getByRole('button', { name: /^Rename/ }).first().click();
    await expectNoBarriers(page);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await follow(page, 'damaged.');
    await expect(notice(page)).toBeVisible();
    await expectNoBarriers(page);
  });
}

async function expectNoBarriers(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((it) => it.target.join(' ')).join(', ')}`)).toEqual([]);
}

test('on a phone the dialog fits, and every target is large enough', async ({ lab }) => {
  const { page } = lab;
  await page.setViewportSize({ width: 390, height: 844 });
  await lab.open();
  await load(page, TEMPLATE);
  await openDialog(page);
  const { x, width } = await dialog(page).boundingBox();
  expect([x >= 0, x + width <= 390]).toEqual([true, true]);
  expect(await dialog(page).evaluate((it) => it.scrollWidth <= it.clientWidth)).toBe(true);
  for (const target of await dialog(page).locator('.share-rows .button, .share-line .button, .share-head button').all()) {
    expect((await target.boundingBox()).height).toBeGreaterThanOrEqual(39);
  }
  expect(await page.evaluate(() => globalThis.document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

test('the host sees nothing of a drawing: what is after the # is not sent', async ({ lab }) => {
  const { page } = lab;
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url())));
  await lab.open();
  await load(page, TEMPLATE);
  const link = await linkOf(page);
  await page.goto('about:blank');
  await page.goto(link);
  await lab.ready();
  expect(asked.some((url) => url.pathname === FOLDER)).toBe(true);
  expect(asked.filter((url) => url.search || url.pathname.includes('draw/'))).toEqual([]);
});
