import { z } from 'zod';
import {
  defaultQueueSettings,
  type QueueSettings,
  queueSettingsSchema,
  queueStatusSchema,
} from '../../shared/model/queueSettings.ts';
import type { ServerSecrets } from '../embedded/login/serverPassword.ts';
import type { SqlitePreferencesRepository } from '../store/SqlitePreferencesRepository.ts';
import type { QueueKeeper } from '../sync/QueueAdministration.ts';
import { readWorkerKey } from '../sync/queue/WorkerKey.ts';
import type { RunEngineTarget } from '../sync/worker/LocalRunEngine.ts';
import type { VaultManager } from '../vault/VaultManager.ts';
import { ownSecretIn, queueLogin, queueLoginEndpoint } from './ownSecrets.ts';

const settingsKey = 'queue';
const workerKeyKey = 'worker-key';
const workerKeySchema = z.strictObject({ id: queueStatusSchema.shape.keyId });

type Preferences = Pick<SqlitePreferencesRepository, 'read' | 'write' | 'transaction'>;

export function readQueueSettings(preferences: Pick<Preferences, 'read'>): QueueSettings {
  return preferences.read(settingsKey, queueSettingsSchema, defaultQueueSettings);
}

/** Keeps where the queue is beside the other preferences, and its password in the vault, sealed for that place. */
export function createQueueKeeper(preferences: Preferences, vault: VaultManager): QueueKeeper {
  const read = () => readQueueSettings(preferences);
  return {
    read,
    hasPassword: () => read().place.type !== 'local' && vault.has(queueLogin),
    async password() {
      const endpoint = queueLoginEndpoint(read().place);
      return endpoint === null ? null : vault.open(queueLogin, endpoint);
    },
    async write(settings, password) {
      const endpoint = queueLoginEndpoint(settings.place);
      const isNew = password.type === 'new' && endpoint !== null;
      const sealed = isNew ? await vault.prepareSeal(queueLogin, password.value, endpoint) : null;
      preferences.transaction(() => {
        preferences.write(settingsKey, settings);
        if (sealed !== null) vault.keep(sealed);
        else if (password.type !== 'keep' || endpoint === null) vault.remove(queueLogin);
      });
    },
    keyId: () => preferences.read(workerKeyKey, workerKeySchema, { id: null }).id,
  };
}

/** What the engine works with. @throws what the vault throws */
export async function queueTarget(keeper: QueueKeeper): Promise<RunEngineTarget> {
  const { place, executesHere } = keeper.read();
  const store = place.type === 'local' ? null : { ...place, password: await keeper.password() };
  return { store, executesHere };
}

/** The line of the worker key in the vault; its id, which is no secret, stands beside the preferences, for people to see. */
export function workerKeySecrets(preferences: Preferences, vault: VaultManager): ServerSecrets {
  const kept = ownSecretIn(vault, 'worker-key');
  const note = (line: string): void => preferences.write(workerKeyKey, { id: readWorkerKey(line).id });
  return {
    async read() {
      const line = await kept.read();
      if (line !== null) note(line);
      return line;
    },
    async write(line) {
      await kept.write(line);
      note(line);
    },
  };
}
