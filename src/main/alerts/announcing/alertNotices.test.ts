import { describe, expect, it } from 'vitest';
import type { AlertKind } from '../../../shared/model/alertChoices.ts';
import type { AlertRecord } from '../AlertRepository.ts';
import { noticeOf } from './alertNotices.ts';

const subjectId = crypto.randomUUID();
const alert = (kind: AlertKind, subjectName: string, value: number | null = null): AlertRecord => ({
  ...{ id: 1, kind, subjectId, subjectName, value, threshold: null, startedAt: 0, endedAt: null, end: null },
  detail: 'The connection to db.example.test was refused',
});

describe('a notice about alerts', () => {
  it.each<[AlertKind, number | null, string, string]>([
    ['down', null, 'Orders is not reachable', 'No connection works.'],
    ['error-rate', 0.256, 'Orders has many errors', '26 % of the statements fail.'],
    ['latency-p95', 12_340, 'Orders is slow', 'One of 20 statements takes 12.3 s or longer.'],
    [
      'server-connections',
      0.95,
      'The server of Orders is almost full',
      '95 % of its connections are in use.',
    ],
    ['replication-lag', 75_000, 'Orders is behind its primary', 'Its data is 75 s old.'],
    ['pipeline-failed', null, 'The pipeline “Orders” has failed', 'Its run failed in the last attempt.'],
    [
      'pipeline-late',
      1_230_000,
      'The pipeline “Orders” is late',
      'Its run has been due for 21 min, and no worker has started it.',
    ],
  ])('says of one what is wrong, and leads to it: %s', (kind, value, title, body) => {
    expect(noticeOf([alert(kind, 'Orders', value)], false)).toEqual({
      title,
      body,
      place: { kind, subjectId, subjectName: 'Orders' },
    });
  });

  it('counts alerts of different kinds, and names each data source once', () => {
    const alerts = [alert('down', 'Orders'), alert('pool-exhausted', 'Orders'), alert('down', 'Shop')];
    expect(noticeOf(alerts, false)).toEqual({ title: '3 new alerts', body: 'Orders, Shop', place: null });
  });

  it('calls several pipelines pipelines', () => {
    const alerts = [alert('pipeline-failed', 'Orders'), alert('pipeline-failed', 'Shop')];
    expect(noticeOf(alerts, false).title).toBe('2 pipelines have failed');
  });

  it('says nothing of where a server is', () => {
    expect(JSON.stringify(noticeOf([alert('down', 'Orders')], false))).not.toContain('example');
  });
});
