import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/support/FakeClock.ts';
import type { PasswordChoice, QueueSettings, RedisPlace } from '../../shared/model/queueSettings.ts';
import { neverAborted } from '../base/abort.ts';
import { Emitter } from '../base/Emitter.ts';
import { QueueAdministration } from './QueueAdministration.ts';

const place: RedisPlace = {
  ...{ type: 'redis', host: 'localhost', port: 6_379, user: null, database: 0 },
  tls: { mode: 'off' },
};

/** @param settings that are kept, with a password */
function underTest(settings: QueueSettings) {
  const done: string[] = [];
  let kept = settings;
  const queue = new QueueAdministration({
    keeper: {
      read: () => kept,
      hasPassword: () => kept.place.type !== 'local',
      password: async () => 'secret',
      async write(changed, password) {
        kept = changed;
        done.push(`password ${password.type}`);
      },
      keyId: () => null,
    },
    engine: {
      status: { state: 'running', problem: null },
      onStatus: new Emitter(),
      stop: async () => void done.push('stop'),
      replaceKey: async () => undefined,
      retarget: async () => void done.push('retarget'),
    },
    runs: {
      async move(change) {
        done.push('move');
        await change();
      },
    },
    files: { create: async () => null },
    ask: async () => true,
    clock: new FakeClock(),
  });
  const configure = async (changed: QueueSettings, password: PasswordChoice = { type: 'keep' }) => {
    await queue.configure({ settings: changed, password }, neverAborted);
    return done.splice(0);
  };
  return { configure, kept: () => kept };
}

describe('the settings of the queue', () => {
  it('move no run when only this computer begins or ends to execute runs', async () => {
    const { configure, kept } = underTest({ place, executesHere: false });
    expect(await configure({ place, executesHere: true })).toEqual(['password keep', 'retarget']);
    expect(kept().executesHere).toBe(true);
    expect(await configure({ place, executesHere: true })).toEqual([]);
  });

  it('move all runs to another place', async () => {
    const { configure } = underTest({ place, executesHere: true });
    const local: QueueSettings = { place: { type: 'local' }, executesHere: true };
    expect(await configure(local, { type: 'none' })).toEqual(['move', 'stop', 'password none']);
    expect(await configure(local, { type: 'none' })).toEqual([]);
  });
});
