import { describe, expect, it } from 'vitest';
import { pageSource } from './appOrigin.ts';
import { isAllowedRequest } from './sessionLocks.ts';

const devServer = 'http://localhost:5173';
const packaged = { isPackaged: true, devServerOrigin: null };
const developing = { isPackaged: false, devServerOrigin: devServer };

describe('isAllowedRequest', () => {
  it.each([
    ['app://bundle/index.html', true, true],
    ['data:image/png;base64,AAAA', true, true],
    ['devtools://devtools/bundled/inspector.html', false, true],
    [`${devServer}/main.tsx`, false, true],
    ['ws://localhost:5173/', false, true],
    ['http://localhost:5174/', false, false],
    ['http://localhost:5173.example.com/', false, false],
    ['https://example.com/', false, false],
    ['file:///etc/hostname', false, false],
    ['blob:app://bundle/0d6f', false, false],
    ['nonsense', false, false],
  ])('%s: packaged %s, developing %s', (url, whenPackaged, whenDeveloping) => {
    expect(isAllowedRequest(url, packaged)).toBe(whenPackaged);
    expect(isAllowedRequest(url, developing)).toBe(whenDeveloping);
  });
});

describe('pageSource', () => {
  it('never lets the environment choose the page of a packaged app', () => {
    expect(pageSource(true, 'https://example.com/').origin).toBe('app://bundle');
    expect(pageSource(false, `${devServer}/`).origin).toBe(devServer);
    expect(pageSource(false, '').origin).toBe('app://bundle');
  });
});
