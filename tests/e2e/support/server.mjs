// A static server for tests, on 127.0.0.1 and a free port.
//
// It stands for the plain web host of a course author: files and their types, nothing else. Only the given prefixes
// exist; everything outside them, `/` included, is 404. So a page that asks for "/app.wasm" instead of "app.wasm"
// fails here as it would fail there.

import { createServer } from 'node:http';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.mmd': 'text/plain; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ts': 'text/plain; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/**
 * Serves folders under prefixes.
 *
 * @param {Record<string, string>} folders prefix ("/courses/cap/", with both slashes) to folder on disk
 * @returns {Promise<{ origin: string, close: () => Promise<void> }>} `origin` has no slash at its end
 */
export async function serve(folders) {
  const server = createServer((request, response) => {
    answer(folders, request, response).catch((error) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

async function answer(folders, request, response) {
  const file = await locate(folders, new URL(request.url, 'http://localhost').pathname);
  if (!file) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Not found');
    return;
  }
  response.writeHead(200, {
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    'cache-control': 'no-store',
  });
  response.end(await readFile(file));
}

/** The file a path stands for, or `undefined`: no listing, no way out of the folder. */
async function locate(folders, path) {
  const prefix = Object.keys(folders).find((candidate) => path.startsWith(candidate));
  if (prefix === undefined) return undefined;
  const rest = decodeURIComponent(path.slice(prefix.length));
  const root = normalize(folders[prefix] + sep);
  const file = join(root, rest === '' || rest.endsWith('/') ? `${rest}index.html` : rest);
  if (!file.startsWith(root)) return undefined;
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() ? file : undefined;
}
