// The sandbox as a course author would host it: in a sub-folder, with nothing above it.
//
// `lab` opens it, and fails the test if the page reported an error or asked for anything outside its folder.

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test as base, expect } from '@playwright/test';
import { serve } from './server.mjs';

/** Where the sandbox lives on its host. */
export const FOLDER = '/courses/cap/';

const DIST = fileURLToPath(new URL('../../../dist/', import.meta.url));

export { expect };

export const test = base.extend({
  /** The origin of a host that serves `dist/` under `FOLDER`. */
  origin: [
    async ({}, use) => {
      if (!existsSync(`${DIST}index.html`)) throw new Error('dist/ is not built yet: `cargo xtask dist` builds it.');
      const host = await serve({ [FOLDER]: DIST });
      await use(host.origin);
      await host.close();
    },
    { scope: 'worker' },
  ],

  /**
   * `lab.open('#/prove', { theme: 'light' })` resolves when the page is interactive. The theme is set once, before the
   * first load; without one the page chooses, and what it then remembers survives a reload.
   */
  lab: async ({ page, origin }, use) => {
    const complaints = listen(page, origin + FOLDER);
    if (process.env.SLOWER) await slowDown(page, Number(process.env.SLOWER));
    await use({
      page,
      home: origin + FOLDER,
      async open(route = '', { theme } = {}) {
        if (theme) await remember(page, 'partition-lab/theme', theme);
        await page.goto(origin + FOLDER + route);
        await this.ready();
      },
      async reload() {
        await page.reload();
        await this.ready();
      },
      // As an attribute: a function to poll would need `eval`, which the page's own policy forbids.
      ready: () => expect(page.locator('html')).toHaveAttribute('data-ready', 'true', { timeout: 20_000 }),
    });
    expect(complaints, 'errors in the page, and requests that left its folder').toEqual([]);
  },
});

/** Lets the page compute so many times slower, to find tests that count on its speed: `SLOWER=4 npx playwright test`. */
async function slowDown(page, rate) {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate });
}

/** Everything the page should not do, collected while it does it. */
function listen(page, home) {
  const complaints = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => complaints.push(`error: ${error.stack ?? error}`));
  page.on('websocket', (socket) => complaints.push(`web socket: ${socket.url()}`));
  page.context().on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(home) && !/^(data|blob|about):/.test(url)) complaints.push(`request: ${url}`);
  });
  page.context().on('response', (response) => {
    if (response.status() >= 400) complaints.push(`answer ${response.status()}: ${response.url()}`);
  });
  return complaints;
}

/** Puts a value into the page's storage before its first script runs, unless one is there already. */
function remember(page, key, value) {
  return page.addInitScript(
    ([name, text]) => {
      if (globalThis.localStorage.getItem(name) === null) globalThis.localStorage.setItem(name, text);
    },
    [key, value],
  );
}
