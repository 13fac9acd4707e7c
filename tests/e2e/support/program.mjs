// The native `partition-lab`, which prints the same forms as the page.

import { execFile } from 'node:child_process';
import { env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const debug = fileURLToPath(new URL('../../../target/debug/partition-lab', import.meta.url));

/** `PARTITION_LAB_BIN`, or the debug build of this repository. */
export const PROGRAM = env.PARTITION_LAB_BIN || debug;

/**
 * Runs `partition-lab mermaid --to FORM FILE`.
 *
 * @param {'module' | 'portable' | 'json'} form
 * @returns {Promise<string>} what it printed; rejects, with its diagnostics, if it failed
 */
export async function printMermaid(form, file) {
  const { stdout } = await promisify(execFile)(PROGRAM, ['mermaid', '--to', form, file]);
  return stdout;
}

/**
 * Runs `partition-lab run --to FORM WHAT`.
 *
 * @param {'module' | 'portable' | 'sequence' | 'story'} form
 * @param {string} what a scenario's name, or a file
 * @returns {Promise<string>} what it printed; of a drawing also where it stops being true (exit code 1)
 */
export async function printRun(form, what) {
  try {
    const { stdout } = await promisify(execFile)(PROGRAM, ['run', '--to', form, what]);
    return stdout;
  } catch (ended) {
    if (ended.code === 1) return ended.stdout;
    throw ended;
  }
}
