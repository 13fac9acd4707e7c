// What the page offers to scripts, called from a test; and the two graphs of the module, as the page must print them.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const golden = (name) => readFileSync(new URL(`../../golden/mermaid/${name}.mmd`, import.meta.url), 'utf8');

/** The template of the challenge, in Module form. */
export const TEMPLATE = golden('module-7-template');
/** The eight fallacies, in Module form. */
export const FALLACIES = golden('module-7-fallacies');
/** The file that holds the template. */
export const TEMPLATE_FILE = fileURLToPath(new URL('../../golden/mermaid/module-7-template.mmd', import.meta.url));

/** The drawing, as `partitionLab.document()` hands it out. */
export const documentOf = (page) => page.evaluate(() => globalThis.partitionLab.document());

/** The drawing as Mermaid. @param {'module' | 'portable'} form */
export const exported = (page, form = 'module') =>
  page.evaluate((wanted) => globalThis.partitionLab.exportMermaid(wanted), form);

/** The verdicts at the step that Prove is at. */
export const verdicts = (page) => page.evaluate(() => globalThis.partitionLab.verdicts());

/** Opens a document or a text. */
export const load = (page, what) => page.evaluate((given) => globalThis.partitionLab.load(given), what);

/**
 * What `partitionLab.load(what)` throws; `undefined` if it does not.
 *
 * @returns {Promise<{ isError: boolean, message: string } | undefined>}
 */
export function complaintAbout(page, what) {
  return page.evaluate((given) => {
    try {
      globalThis.partitionLab.load(given);
      return undefined;
    } catch (why) {
      return { isError: why instanceof Error, message: String(why.message) };
    }
  }, what);
}
