import { Cron } from 'croner';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CronTimes } from './CronTimes.ts';
import { CronRefused } from './cronFields.ts';

/** The next times behind a moment, as clocks in UTC show them. */
function times(expression: string, timeZone: string, after: string, count: number): string[] {
  const cron = new CronTimes(expression, timeZone);
  const found: string[] = [];
  for (let at = cron.next(Date.parse(after)); at !== null && found.length < count; at = cron.next(at)) {
    found.push(new Date(at).toISOString().slice(0, 16));
  }
  return found;
}

const inBerlin = (expression: string, after: string, count: number) =>
  times(expression, 'Europe/Berlin', after, count);

describe('CronTimes where clocks are put forward', () => {
  it('runs once, as much later, what is due in the hour that is left out', () => {
    expect(inBerlin('30 2 * * *', '2026-03-28T00:00Z', 3)).toEqual([
      ...['2026-03-28T01:30', '2026-03-29T01:30', '2026-03-30T00:30'],
    ]);
    expect(times('30 2 * * *', 'America/New_York', '2026-03-07T12:00Z', 2)).toEqual([
      ...['2026-03-08T07:30', '2026-03-09T06:30'],
    ]);
    expect(times('15 2 * * *', 'Australia/Lord_Howe', '2026-10-03T00:00Z', 2)).toEqual([
      ...['2026-10-03T15:45', '2026-10-04T15:15'],
    ]);
  });

  it('runs once where the time it was moved to is due as well', () => {
    expect(inBerlin('0 2,3 * * *', '2026-03-28T12:00Z', 2)).toEqual(['2026-03-29T01:00', '2026-03-30T00:00']);
  });
});

describe('CronTimes where clocks are put back', () => {
  it('runs once what is due at a time that comes twice', () => {
    expect(inBerlin('30 2 * * *', '2026-10-24T12:00Z', 2)).toEqual(['2026-10-25T00:30', '2026-10-26T01:30']);
    expect(times('30 1 * * *', 'America/New_York', '2026-10-31T12:00Z', 2)).toEqual([
      ...['2026-11-01T05:30', '2026-11-02T06:30'],
    ]);
    expect(times('45 1 * * *', 'Australia/Lord_Howe', '2026-04-04T00:00Z', 2)).toEqual([
      ...['2026-04-04T14:45', '2026-04-05T15:15'],
    ]);
  });

  it('never answers the past in the hour that comes a second time', () => {
    for (let minute = 0; minute < 180; minute += 1) {
      const at = Date.parse('2026-10-25T00:00Z') + minute * 60_000;
      const next = new CronTimes('30 2 * * *', 'Europe/Berlin').next(at) ?? 0;
      expect(next).toBeGreaterThan(at);
    }
  });

  it('goes on through both of the hours what runs every hour', () => {
    expect(inBerlin('*/30 * * * *', '2026-10-25T00:00Z', 5)).toEqual([
      ...['2026-10-25T00:30', '2026-10-25T01:00', '2026-10-25T01:30', '2026-10-25T02:00', '2026-10-25T02:30'],
    ]);
    expect(times('*/15 * * * *', 'Australia/Lord_Howe', '2026-04-04T14:30Z', 4)).toEqual([
      ...['2026-04-04T14:45', '2026-04-04T15:00', '2026-04-04T15:15', '2026-04-04T15:30'],
    ]);
  });
});

describe('CronTimes', () => {
  it('finds the days of either field when both are restricted', () => {
    expect(times('0 0 13 * 5', 'UTC', '2026-02-01T00:00Z', 4)).toEqual([
      ...['2026-02-06T00:00', '2026-02-13T00:00', '2026-02-20T00:00', '2026-02-27T00:00'],
    ]);
    expect(times('0 12 29 2 *', 'UTC', '2026-01-01T00:00Z', 1)).toEqual(['2028-02-29T12:00']);
    expect(times('0 0 * * sun', 'UTC', '2026-01-01T00:00Z', 1)).toEqual(
      times('0 0 * * 7', 'UTC', '2026-01-01T00:00Z', 1),
    );
    expect(times('0 0 30 2 *', 'UTC', '2026-01-01T00:00Z', 1)).toEqual([]);
  });

  it('refuses what is not an expression of five fields', () => {
    const wrong = [
      '@daily',
      '* * * * * *',
      '0 0 L * *',
      '0 0 ? * *',
      '0 0 * * MON#2',
      '0 0 1W * *',
      '60 * * * *',
    ];
    for (const expression of [
      ...wrong,
      '0 24 * * *',
      '5/10 * * * *',
      '*/0 * * * *',
      '9-5 * * * *',
      '1,,2 * * * *',
      '-1 * * * *',
      '0 0 * 13 *',
      '',
    ]) {
      expect(() => new CronTimes(expression, 'UTC'), expression).toThrow(CronRefused);
    }
    expect(() => new CronTimes('* * * * *', 'Mars/Base')).toThrow(CronRefused);
    expect(() => new CronTimes('* * * * *', '+02:00')).toThrow(CronRefused);
  });

  it('agrees with croner where no clocks are changed', () => {
    const field = (max: number, min = 0) =>
      fc.oneof(
        fc.constant('*'),
        fc.integer({ min, max }).map(String),
        fc
          .tuple(fc.integer({ min, max }), fc.integer({ min, max }))
          .map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`),
      );
    const stepped = fc.integer({ min: 1, max: 22 }).map((step) => `*/${step}`);
    const times = [fc.oneof(field(59), stepped), fc.oneof(field(23), stepped)] as const;
    const expressions = fc.tuple(...times, field(28, 1), field(12, 1), field(6));
    const moments = fc.date({
      min: new Date('2025-01-01'),
      max: new Date('2030-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(expressions, moments, fc.constantFrom('UTC', 'Asia/Kolkata'), (fields, after, timeZone) => {
        const [minute, hour, day, month, weekday] = fields;
        const croner = (...days: readonly [string, string]): number =>
          new Cron([minute, hour, days[0], month, days[1]].join(' '), {
            ...{ timezone: timeZone, mode: '5-part', paused: true },
          })
            .nextRun(after)
            ?.getTime() ?? Number.POSITIVE_INFINITY;
        // A day by either of two fields is asked for by each: with both, croner 10 skips the first of some months.
        const isEither = day !== '*' && weekday !== '*';
        const theirs = isEither ? Math.min(croner(day, '*'), croner('*', weekday)) : croner(day, weekday);
        const ours = new CronTimes(fields.join(' '), timeZone).next(after.getTime());
        expect(ours ?? Number.POSITIVE_INFINITY).toBe(theirs);
      }),
      {
        numRuns: 200,
        examples: [[['0', '0-0', '1', '*', '5'], new Date('2029-02-22T18:30:00Z'), 'Asia/Kolkata']],
      },
    );
  });
});
