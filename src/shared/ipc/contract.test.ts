import { describe, expect, it } from 'vitest';
import type { CallFacts } from './auditedCall.ts';
import { channelOf, eventChannelOf, streamChannelOf } from './channels.ts';
import { type AuditedCallName, callNames, contract } from './contract.ts';
import { eventNames } from './events.ts';
import { streamNames } from './streams.ts';

/** What the audit trail says of a call; without an output, of one that failed. */
function factsOf(name: AuditedCallName, input: unknown, output: unknown = null): CallFacts {
  const audited: { facts?: (input: never, output: never) => CallFacts } = contract[name].audited;
  return audited.facts?.(input as never, output as never) ?? {};
}

describe('the calls of the contract', () => {
  it('are refused while the window is locked, but for what shows the lock and opens it, and what failed in showing it', () => {
    expect(callNames.filter((name) => contract[name].whileLocked)).toEqual([
      ...['log.windowFailed', 'app.info', 'app.getPreferences', 'vault.status', 'vault.unlock', 'vault.lock'],
    ]);
  });

  it('each have a channel, which no event and no stream has', () => {
    const channels = [
      ...callNames.map(channelOf),
      ...eventNames.map(eventChannelOf),
      ...streamNames.map(streamChannelOf),
    ];
    expect(new Set(channels).size).toBe(callNames.length + eventNames.length + streamNames.length);
  });

  it('may be larger than usual only where they hold a text, figures, certificates, resources or pipelines of a person', () => {
    const large = callNames.filter((name) => contract[name].maxBytes > 256 * 1024);
    expect(large).toEqual([
      ...['metrics.saveCsv', 'metrics.savePicture'],
      ...['resources.preview', 'resources.readDocument', 'resources.saveFile'],
      ...['requests.send', 'requests.signIn'],
      ...[
        'pipelines.save',
        'pipelines.shape',
        'pipelines.plan',
        'pipelines.dryRun',
        'queue.configure',
        'queue.test',
      ],
      ...['app.copyText', 'dataSources.save', 'dataSources.test', 'dataSources.databases'],
      ...['schema.saveDiagram', 'query.saveStatement'],
      ...['tabs.writeText', 'tabs.saveFile', 'tabs.setArrangement'],
    ]);
  });
});

describe('the line of a call in the audit trail', () => {
  const id = '7d0d1b9e-6c1f-4b8e-9d53-0a4f0f5f2f11';

  it.each<[AuditedCallName]>([
    ['dataSources.save'],
    ['dataSources.duplicate'],
    ['dataSources.remove'],
    ['dataSources.restore'],
    ['dataSources.confirm'],
    ['dataSources.removeDamaged'],
  ])('names the data source of %s', (name) => {
    expect(factsOf(name, { id })).toEqual({ subject: id });
  });

  it('says whether a copied URL held the password, and whether the person declined', () => {
    const input = { id, withPassword: true };
    expect(factsOf('dataSources.copyUrl', input, { copied: true })).toEqual({
      subject: id,
      details: { withPassword: true },
    });
    expect(factsOf('dataSources.copyUrl', input)).not.toHaveProperty('outcome');
    expect(factsOf('dataSources.copyUrl', input, { copied: false }).outcome).toBe('CANCELLED');
  });

  it('says what became of the vault, without a passphrase', () => {
    const secret = 'correct horse';
    const choice = { mode: 'passphrase', passphrase: secret };
    expect(factsOf('vault.setMode', { choice, current: secret })).toEqual({ details: { to: 'passphrase' } });
    expect(factsOf('vault.rotate', { destroyOldKey: true, current: secret })).toEqual({
      details: { destroyOldKey: true },
    });
    const settings = { enabled: true, idleMinutes: null, withSystem: false, connections: 'close' };
    expect(factsOf('vault.setAppLock', { settings, current: secret })).toEqual({
      details: { enabled: true, idleMinutes: 'never', withSystem: false, connections: 'close' },
    });
    expect(
      factsOf('vault.setAppLock', { settings: { ...settings, idleMinutes: 5 }, current: null }),
    ).toMatchObject({ details: { idleMinutes: 5 } });
    for (const [name, change] of [
      ['vault.addPassphrase', 'added'],
      ['vault.changePassphrase', 'changed'],
      ['vault.removePassphrase', 'removed'],
    ] as const) {
      expect(factsOf(name, { passphrase: secret, next: secret })).toEqual({ details: { change } });
    }
  });

  it('counts what an export and an import moved, and names nothing of it', () => {
    const input = { ids: [id], protection: { type: 'passphrase', passphrase: 'correct horse' } };
    const protection = 'passphrase';
    const saved = { outcome: 'saved', fileName: 'a.json', dataSourceCount: 2, secretCount: 1 };
    expect(factsOf('transfer.export', input, { ...saved, withoutSecret: ['Shop'] })).toEqual({
      details: { protection, dataSourceCount: 2, secretCount: 1 },
    });
    expect(factsOf('transfer.export', input, { outcome: 'cancelled' })).toEqual({
      details: { protection },
      outcome: 'CANCELLED',
    });
    expect(factsOf('transfer.export', input)).toEqual({ details: { protection } });
    const counts = { addedCount: 1, replacedCount: 2, skippedCount: 3, secretCount: 4 };
    expect(factsOf('transfer.apply', {}, { ...counts, notes: [{ name: 'Shop', note: 'x' }] })).toEqual({
      details: counts,
    });
    expect(factsOf('transfer.apply', {})).toEqual({});
  });

  it('names the backup of a restore that went well', () => {
    expect(factsOf('recovery.restore', { name: 'a.backup' }, { movedTo: null })).toEqual({
      details: { backup: 'a.backup' },
    });
    expect(factsOf('recovery.restore', { name: 'a.backup' })).toEqual({});
  });
});
