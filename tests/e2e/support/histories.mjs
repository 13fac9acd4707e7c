// Histories as Jepsen writes them, linearizable by how they are made: at every step one client, drawn at random, goes on. It
// asks, or what it asked takes effect, or it is told the outcome. Now and then a client is never told, and goes on under
// another number.

import { expect } from '@playwright/test';

/** A generator of numbers below a bound; the same for the same seed (mulberry32). */
function dice(seed) {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

/** A log of so many operations of one compare-and-set register. */
export function linearizable(operations, { clients = 10, lost = 5_000, seed = 7 } = {}) {
  const draw = dice(seed);
  const doing = Array.from({ length: clients }, (_, process) => ({ process }));
  const lines = [];
  let value = 'nil';
  let begun = 0;
  let next = clients;
  const write = (process, kind, name, argument) => lines.push(`INFO  jepsen.util - ${process}\t:${kind}\t:${name}\t${argument}`);
  while (begun < operations || doing.some((client) => client.asked)) {
    const client = doing[draw(clients)];
    if (!client.asked) {
      if (begun === operations) continue;
      begun += 1;
      client.asked = [['read', 'nil'], ['write', draw(5)], ['cas', `[${draw(5)} ${draw(5)}]`]][draw(3)];
      client.told = undefined;
      write(client.process, 'invoke', ...client.asked);
    } else if (!client.told) {
      const [name, argument] = client.asked;
      const [from, to] = name === 'cas' ? argument.slice(1, -1).split(' ').map(Number) : [];
      client.told = 'ok';
      if (name === 'read') client.asked = [name, value];
      else if (name === 'write') value = argument;
      else if (from === value) value = to;
      else client.told = 'fail';
    } else {
      const unknown = draw(lost) === 0;
      const [name, argument] = client.asked;
      write(client.process, unknown ? 'info' : client.told, name, unknown ? ':timed-out' : argument);
      client.asked = undefined;
      if (unknown) client.process = next++;
    }
  }
  return `${lines.join('\n')}\n`;
}

/** A text as a file in the hand of somebody who is about to drop it. */
export function file(page, name, text) {
  return page.evaluateHandle(
    ([name, text]) => {
      const data = new DataTransfer();
      data.items.add(new File([text], name, { type: 'text/plain' }));
      return data;
    },
    [name, text],
  );
}

/** Drops it on the page. */
export async function drop(page, dataTransfer) {
  for (const kind of ['dragenter', 'dragover', 'drop']) await page.dispatchEvent('main', kind, { dataTransfer });
}

/** Waits for so many frames of the screen. */
export function frames(page, many) {
  return page.evaluate(async (many) => {
    for (let frame = 0; frame < many; frame += 1) await new Promise((next) => requestAnimationFrame(next));
  }, many);
}

export const verdict = (page) => page.getByRole('region', { name: 'The verdict' });
export const timeLine = (page) => page.getByRole('application');
export const spoken = (page) => page.locator('.history p[aria-live]');

/** Opens the page of histories. */
export async function openHistories(lab, options) {
  await lab.open('#/prove/history', options);
  await expect(lab.page.getByRole('heading', { name: 'Where does a history stop' })).toBeVisible();
}
