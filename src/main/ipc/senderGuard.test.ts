import { describe, expect, it } from 'vitest';
import { memoryFrame } from '../../../tests/support/MemoryIpc.ts';
import { isTrustedSender } from './senderGuard.ts';

const origin = 'app://bundle';
const mainFrame = memoryFrame(origin);
const trusted = { id: 1, mainFrame };
const event = { type: 'frame', sender: { id: 1 }, senderFrame: mainFrame };

describe('isTrustedSender', () => {
  it('trusts the main frame of the main window, also on Electron before 35, which names no type', () => {
    expect(isTrustedSender(event, trusted, origin)).toBe(true);
    expect(isTrustedSender({ sender: { id: 1 }, senderFrame: mainFrame }, trusted, origin)).toBe(true);
  });

  it.each([
    [
      'a sub-frame, or a frame that was replaced, of our own origin',
      { ...event, senderFrame: memoryFrame(origin) },
    ],
    ['another window', { ...event, sender: { id: 2 } }],
    ['a frame that has gone', { ...event, senderFrame: null }],
    ['a service worker', { ...event, type: 'service-worker' }],
  ])('refuses %s', (_who, foreign) => {
    expect(isTrustedSender(foreign, trusted, origin)).toBe(false);
  });

  it.each([
    ['shows another page', memoryFrame('https://example.com')],
    ['shows a page whose origin only begins like ours', memoryFrame('app://bundle.example.com')],
    ['shows a page without an origin', memoryFrame('null')],
  ])('refuses the main frame when it %s', (_how, frame) => {
    expect(isTrustedSender({ ...event, senderFrame: frame }, { id: 1, mainFrame: frame }, origin)).toBe(
      false,
    );
  });

  it('refuses everybody while there is no window', () => {
    expect(isTrustedSender(event, null, origin)).toBe(false);
  });
});
