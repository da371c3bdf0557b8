import { describe, expect, it } from 'vitest';
import { type KeyPress, matchesShortcut, worksWhileTyping } from './shortcut.ts';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  isComposing: false,
  ...held,
});
const ctrl = { ctrlKey: true };

describe('a shortcut', () => {
  it.each([
    ['mod+K', press('k', ctrl)],
    ['mod+shift+T', press('T', { ...ctrl, shiftKey: true })],
    ['ctrl+Tab', press('Tab', ctrl)],
    ['mod+comma', press(',', ctrl)],
    ['F5', press('F5')],
    ['?', press('?', { shiftKey: true })],
    ['mod+1', press('&', { ...ctrl, code: 'Digit1' })],
    ['mod+B', press('и', { ...ctrl, code: 'KeyB' })],
  ])('%s is recognised, whatever the layout', (shortcut, event) =>
    expect(matchesShortcut(event, shortcut, false)).toBe(true),
  );

  it.each([
    ['mod+K', press('k')],
    ['mod+K', press('k', { ...ctrl, altKey: true })],
    ['mod+T', press('T', { ...ctrl, shiftKey: true })],
    ['F5', press('F5', ctrl)],
    ['mod+K', press('k', { ...ctrl, isComposing: true })],
  ])('%s is no other key', (shortcut, event) => expect(matchesShortcut(event, shortcut, false)).toBe(false));

  it('takes Cmd for mod on a Mac, and Ctrl where Ctrl is meant', () => {
    expect(matchesShortcut(press('k', { metaKey: true }), 'mod+K', true)).toBe(true);
    expect(matchesShortcut(press('k', ctrl), 'mod+K', true)).toBe(false);
    expect(matchesShortcut(press('Tab', ctrl), 'ctrl+Tab', true)).toBe(true);
  });

  it('is left to the text that is being typed when it would type something', () => {
    expect(['mod+K', 'F2', 'Escape', 'ctrl+Tab', 'alt+Left'].every(worksWhileTyping)).toBe(true);
    expect(['?', 'Delete', 'shift+A'].some(worksWhileTyping)).toBe(false);
  });
});
