import { describe, expect, it } from 'vitest';
import { dayNumber, isDay, isoDay, utcText } from './calendar.ts';

describe('the calendar', () => {
  it('counts days as Date does, and comes back to the same day, far beyond what Date knows', () => {
    for (let day = -800_000; day < 3_000_000; day += 977) {
      const date = new Date(day * 86_400_000);
      expect(dayNumber(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate())).toBe(day);
      if (date.getUTCFullYear() >= 0 && date.getUTCFullYear() < 10_000)
        expect(isoDay(day)).toBe(date.toISOString().slice(0, 10));
    }
    expect(isoDay(dayNumber(-43, 3, 15))).toBe('-0043-03-15');
    expect(isoDay(dayNumber(5_874_897, 12, 31))).toBe('+5874897-12-31');
  });

  it('knows which days there are', () => {
    expect([isDay(2024, 2, 29), isDay(2000, 2, 29), isDay(-4, 2, 29), isDay(2024, 12, 31)]).not.toContain(
      false,
    );
    expect([isDay(2023, 2, 29), isDay(1900, 2, 29), isDay(2024, 4, 31), isDay(2024, 13, 1)]).not.toContain(
      true,
    );
  });

  it('moves a local time to UTC across days, with offsets to the second', () => {
    expect(utcText(dayNumber(2024, 3, 1), 0, 30, 0, 3_600)).toBe('2024-02-29 23:30:00');
    expect(utcText(dayNumber(1890, 1, 1), 0, 0, 0, 53 * 60 + 28)).toBe('1889-12-31 23:06:32');
    expect(utcText(dayNumber(0, 1, 1), 0, 0, 0, 1)).toBe('-0001-12-31 23:59:59');
    expect(utcText(dayNumber(2024, 12, 31), 20, 0, 0, -5 * 3_600)).toBe('2025-01-01 01:00:00');
  });
});
