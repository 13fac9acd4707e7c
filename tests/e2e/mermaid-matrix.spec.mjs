// The Portable form and the sequence diagrams held against six real Mermaids: what they draw must read as it was meant.
//
// `fixtures/NAME.json` says by hand which texts a person must see in the picture of NAME, in any order, with "\n" where
// a line breaks. What one version is known to do worse stands there too, under `differences`.

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test as base } from '@playwright/test';
import { VERSIONS, draw, openMermaid, mermaid } from './support/mermaid.mjs';
import { printMermaid, printRun } from './support/program.mjs';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

const MODULE_TEMPLATE = path('../golden/mermaid/module-7-template.mmd');

/** The graphs drawn, and by hand what must be read in them. */
const GRAPHS = [
  { title: 'the template of the challenge', file: MODULE_TEMPLATE, meant: 'module-7-template' },
  { title: 'the eight fallacies', file: path('../golden/mermaid/module-7-fallacies.mmd'), meant: 'module-7-fallacies' },
  { title: 'hostile labels', file: path('fixtures/hostile.mmd'), meant: 'hostile' },
];

/** The runs told as sequence diagrams, and by hand what must be read in them, from top to bottom. */
const TALES = [
  { title: 'the challenge', run: 'challenge', meant: 'sequence-challenge' },
  { title: 'Gilbert–Lynch, consistency', run: 'gilbert-lynch-cp', meant: 'sequence-gilbert-lynch-cp' },
  { title: 'Gilbert–Lynch, availability', run: 'gilbert-lynch-ap', meant: 'sequence-gilbert-lynch-ap' },
  { title: 'a drawing with hostile names', run: path('fixtures/sequence-hostile.mmd'), meant: 'sequence-hostile' },
];

const test = base.extend({
  mermaid,
});

for (const version of VERSIONS) {
  test(`Mermaid ${version} refuses the module's own text of the template`, async ({ page, mermaid }) => {
    await openMermaid(page, mermaid, version);
    const picture = await draw(page, await readFile(MODULE_TEMPLATE, 'utf8'));
    expect(picture.error).toContain('2. Replicate (FAIL)');
    expect(picture.error).toContain("got 'PS'"); // a parenthesis
  });

  for (const { title, file, meant } of GRAPHS) {
    test(`Mermaid ${version} shows every label of the Portable form: ${title}`, async ({ page, mermaid }) => {
      const expected = expectedIn(version, JSON.parse(await readFile(path(`fixtures/${meant}.json`), 'utf8')));
      await openMermaid(page, mermaid, version);
      const picture = await draw(page, await printMermaid('portable', file));
      expect(picture.error).toBeUndefined();
      expect(sorted(picture)).toEqual(sorted(expected));
    });
  }

  for (const { title, run, meant } of TALES) {
    test(`Mermaid ${version} tells the same sequence: ${title}`, async ({ page, mermaid }) => {
      const expected = JSON.parse(await readFile(path(`fixtures/${meant}.json`), 'utf8'));
      await openMermaid(page, mermaid, version);
      const picture = await draw(page, await printRun('sequence', run));
      expect(picture.error).toBeUndefined();
      expect({ ...picture, actors: picture.actors.toSorted() }).toEqual({ ...expected, markup: [] });
    });
  }
}

/** The texts meant, with the known differences of one version. `markup`: no label is set in italics, as a link, … */
function expectedIn(version, { differences = {}, ...meant }) {
  const { shown = {}, clipped = [] } = differences[version] ?? {};
  const seen = Object.entries(meant).map(([kind, texts]) => [kind, texts.map((text) => shown[text] ?? text)]);
  return { ...Object.fromEntries(seen), clipped, markup: [] };
}

/** Each Mermaid draws in an order of its own. */
function sorted(picture) {
  return Object.fromEntries(
    Object.entries(picture).map(([kind, texts]) => [kind, Array.isArray(texts) ? texts.toSorted() : texts]),
  );
}
