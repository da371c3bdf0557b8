import { describe, expect, it } from 'vitest';
import { type FieldOverrides, someFields } from '../../../tests/support/dataSources.ts';
import { defaultPoolSettings, defaultTimeoutSettings } from '../../shared/model/poolSettings.ts';
import { kindOfChange } from './kindOfChange.ts';

describe('kindOfChange', () => {
  const changed = (edit: FieldOverrides) => kindOfChange(someFields(), someFields(edit));

  it.each<FieldOverrides>([
    { host: 'other.example.test' },
    { port: 6543 },
    { database: 'other' },
    { user: 'other' },
    { tls: { mode: 'verify-full', caPem: null } },
    { readOnly: true },
    { origin: 'demo' },
    { timeouts: { ...defaultTimeoutSettings, queryMs: 5_000 } },
    { timeouts: { ...defaultTimeoutSettings, idleInTransactionMs: 5_000 } },
    { name: 'Renamed', pool: { ...defaultPoolSettings, max: 20 }, user: 'other' },
  ])('wants other sessions after %j', (edit) => expect(changed(edit)).toBe('sessionChanged'));

  it.each<FieldOverrides>([
    { pool: { ...defaultPoolSettings, leakReclaimMs: 90_000 } },
    { timeouts: { ...defaultTimeoutSettings, connectMs: 5_000 } },
    { color: 'red', pool: { ...defaultPoolSettings, max: 20 } },
  ])('wants other limits after %j', (edit) => expect(changed(edit)).toBe('limitsChanged'));

  it.each<FieldOverrides>([{}, { name: 'Renamed' }, { color: 'red', environment: 'production' }])(
    'wants nothing of a pool after %j',
    (edit) => expect(changed(edit)).toBe('labelsChanged'),
  );
});
