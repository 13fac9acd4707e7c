// The system's Chromium: Playwright's own browser is not downloaded.

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { env, getuid, platform } from 'node:process';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** The path in `CHROME_PATH`, or the first Chromium on `PATH`. */
export function findChromium() {
  if (env.CHROME_PATH) return env.CHROME_PATH;
  const suffix = platform === 'win32' ? '.exe' : '';
  const candidates = (env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name + suffix)));
  const found = candidates.find(isExecutable);
  if (!found) throw new Error('No Chromium on PATH. Install one, or set CHROME_PATH to where it is.');
  return found;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A browser that talks to nobody but the page under test. */
export const ARGUMENTS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Chromium refuses its sandbox to root, who runs the tests in most containers.
  ...(getuid?.() === 0 ? ['--no-sandbox'] : []),
];
