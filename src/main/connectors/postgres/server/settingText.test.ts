import { describe, expect, it } from 'vitest';
import { settingText } from './settingText.ts';

describe('the text of a setting', () => {
  it('has the largest unit that gives a whole number, as SHOW has it', () => {
    expect(settingText('16384', '8kB')).toBe('128MB');
    expect(settingText('65537', '8kB')).toBe('524296kB');
    expect(settingText('300', 's')).toBe('5min');
    expect(settingText('1500', 'ms')).toBe('1500ms');
  });

  it('leaves alone what is no amount', () => {
    expect(settingText('-1', 'kB')).toBe('-1');
    expect(settingText('0', 'ms')).toBe('0');
    expect(settingText('on', null)).toBe('on');
    expect(settingText(null, 'kB')).toBeNull();
  });
});
