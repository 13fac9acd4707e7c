// Real Mermaid in a real browser: draws a text and says what a person would read in the picture.

import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from './server.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/** The versions under test, by the name of their npm alias (`mermaid-8.14` …). */
export const VERSIONS = ['8.14', '9.4', '10.9', '11.4', '11.17', '12.3'];

/** Serves `/mermaid-<version>/mermaid.min.js` and the page that loads it, `/page/`. */
export function serveMermaid() {
  const bundles = VERSIONS.map((version) => [
    `/mermaid-${version}/`,
    join(here, `../node_modules/mermaid-${version}/dist/`),
  ]);
  return serve({ '/page/': join(here, 'mermaid-page/'), ...Object.fromEntries(bundles) });
}

/**
 * Opens the page of one Mermaid version.
 *
 * @param {import('@playwright/test').Page} page
 * @param {string} origin of `serveMermaid()`
 * @param {string} version one of `VERSIONS`
 * @param {object} config handed to `mermaid.initialize`; the default is Mermaid's own (strict security, HTML labels)
 */
export async function openMermaid(page, origin, version, config = {}) {
  await page.goto(`${origin}/page/#${version}`);
  await page.waitForFunction(() => globalThis.mermaid && globalThis.draw);
  await page.evaluate((given) => globalThis.mermaid.initialize({ startOnLoad: false, ...given }), config);
}

/**
 * Draws a text with the version that the page was opened for.
 *
 * Lines of a label are joined by "\n"; text that Mermaid only wraps for lack of room stays one line. `clipped` lists
 * the labels that stick out of the box that shows them. `markup` lists the elements found inside a label other than
 * the plain ones: a label `_x_` that turned into italics shows there.
 *
 * Of a sequence diagram: `actors`, `messages` (`→ words`; an answer `⇠ words`; a lost one `→╳ words`), the lines of its
 * `notes`, and `markup`.
 *
 * @returns {Promise<{ error: string } | { nodes: string[], edges: string[], subgraphs: string[], clipped: string[],
 *   markup: string[] }>}
 */
export function draw(page, text) {
  return page.evaluate((source) => globalThis.draw(source), text);
}

/** The fixture `mermaid`: where the Mermaids are served, once for all tests of a worker. */
export const mermaid = [
  async ({}, use) => {
    const host = await serveMermaid();
    await use(host.origin);
    await host.close();
  },
  { scope: 'worker' },
];
