import { describe, expect, it } from 'vitest';
import { someErrorDto } from '../../../../tests/support/someErrorDto.ts';
import { defaultAlertRules } from '../../../shared/model/alertRules.ts';
import { SourceSignals } from './SourceSignals.ts';
import { WatchedSubject } from './WatchedSubject.ts';

const hourMs = 3_600_000;

describe('WatchedSubject', () => {
  it('counts a long break between two looks as a short one: the machine slept, and nothing has told of it', () => {
    const source = new WatchedSubject(new SourceSignals(), 0);
    const look = (nowMs: number) =>
      source.look(nowMs, (kind) => defaultAlertRules.find((rule) => rule.kind === kind) ?? null);
    const reason = someErrorDto('CONNECTION_REFUSED');
    source.signals.state({ status: 'reconnecting', attempt: 1, nextAt: 0, reason });
    expect(look(0)).toEqual([]);
    expect(look(hourMs)).toEqual([]);
    for (let second = 1; second < 55; second += 1) expect(look(hourMs + second * 1_000)).toEqual([]);
    expect(look(hourMs + 55_000)).toMatchObject([{ kind: 'down', is: 'new', detail: reason.title }]);
  });
});
