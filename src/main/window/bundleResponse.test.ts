import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listBundleFiles } from './bundleFiles.ts';
import { bundleResponse } from './bundleResponse.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mooring-bundle-'));
  writeFileSync(join(folder, 'secret.js'), 'outside the page');
  mkdirSync(join(folder, 'renderer', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'renderer', 'index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__">');
  writeFileSync(join(folder, 'renderer', 'assets', 'index.js'), 'start()');
  writeFileSync(join(folder, 'renderer', 'assets', 'index.js.map'), '{}');
});

afterAll(() => rmSync(folder, { recursive: true }));

const get = (url: string, method = 'GET') =>
  bundleResponse({ url, method }, listBundleFiles(join(folder, 'renderer')));

describe('bundleResponse', () => {
  it('serves the files of the page with their types, and forbids guessing others', async () => {
    const response = await get('app://bundle/assets/index.js');
    expect(await response.text()).toBe('start()');
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('gives each load of the document a nonce of its own, the same in the page and in its policy', async () => {
    const nonces = await Promise.all(
      [1, 2].map(async () => {
        const response = await get('app://bundle/index.html');
        const nonce = /content="([^"]{22,})"/.exec(await response.text())?.[1];
        expect(response.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
        return nonce;
      }),
    );
    expect(new Set(nonces).size).toBe(2);
  });

  it.each([
    'app://bundle/../secret.js',
    'app://bundle/%2e%2e/secret.js',
    'app://bundle/..%2fsecret.js',
    'app://bundle/..%5csecret.js',
    'app://bundle//secret.js',
    'app://bundle/assets/../../secret.js',
    'app://bundle/assets/index.js/',
    'app://bundle/assets/index.js.map',
    'app://bundle/assets',
    'app://bundle/__proto__',
    'app://elsewhere/index.html',
    'app://bundle:80/index.html',
    'https://bundle/index.html',
  ])('answers 404 and nothing else to %s', async (url) => {
    const response = await get(url);
    expect([response.status, await response.text()]).toEqual([404, '']);
  });

  it('answers no other method than GET', async () => {
    expect((await get('app://bundle/index.html', 'POST')).status).toBe(405);
  });
});
