import { describe, expect, it } from 'vitest';
import { allowOnlyTextWithoutTags } from './trustedTypes.ts';

describe('the Trusted Types policy', () => {
  it('lets style sheets pass as they are', () => {
    const css = '@media (min-width: 48em) { .a > .b { color: red } }';
    expect(allowOnlyTextWithoutTags(css)).toBe(css);
  });

  it.each(['<img src=x onerror=alert(1)>', 'a { } </style><script>', '<'])('refuses %j', (text) => {
    expect(allowOnlyTextWithoutTags(text)).toBeNull();
  });
});
