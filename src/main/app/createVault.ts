import { preferencesSchema } from '../../shared/model/appInfo.ts';
import { defaultPreferences } from '../../shared/model/defaults.ts';
import type { Clock } from '../base/Clock.ts';
import type { Ask } from '../base/Question.ts';
import { endpointHash } from '../dataSources/secrets/endpointBinding.ts';
import { ObtainedSecrets } from '../dataSources/secrets/ObtainedSecrets.ts';
import { SecretRelease } from '../dataSources/secrets/SecretRelease.ts';
import { secretFieldsOf } from '../dataSources/secrets/secretRefs.ts';
import { TypedSecrets } from '../dataSources/secrets/TypedSecrets.ts';
import type { Instrumentation } from '../observability/Instrumentation.ts';
import type { Logger } from '../observability/Logger.ts';
import { AppLock } from '../vault/AppLock.ts';
import type { EndpointHashes } from '../vault/secrets/EndpointHashes.ts';
import { VaultManager } from '../vault/VaultManager.ts';
import { VaultService } from '../vault/VaultService.ts';
import type { OpenStore } from './openStore.ts';
import { ownSecretEndpoint } from './ownSecrets.ts';
import { readQueueSettings } from './queueKeeper.ts';

/**
 * The vault over an open store, with the lock of the window, and what else locking ends: the secrets typed to connect,
 * and what a person approved for stored ones.
 */
export interface VaultOptions {
  readonly store: OpenStore;
  readonly ask: Ask;
  readonly instrumentation?: Instrumentation;
  readonly clock: Clock;
  readonly logger: Logger;
}

export function createVault({ store, ask, instrumentation, clock, logger }: VaultOptions) {
  const { keyRing, vault: repository, secrets, dataSources, audit, preferences, backups } = store;
  const typed = new TypedSecrets();
  const obtained = new ObtainedSecrets();
  const vault = new VaultManager({
    keyRing,
    repository,
    secrets,
    signedRows: dataSources,
    endpointHashes: endpointHashesOf(store),
    audit,
    instrumentation,
    clock,
    logger,
  });
  vault.recover();
  const release = new SecretRelease({ vault, ask, audit });
  const appLock = new AppLock({
    preferences,
    vault: {
      lock: () => {
        vault.lock();
        typed.dropAll();
        obtained.dropAll();
        release.forgetAll();
      },
      hasPassphrase: () => vault.status().hasPassphrase,
      isLocked: () => vault.status().lock === 'locked',
    },
    audit,
    clock,
    logger,
  });
  // Before the service below, whose status tells of both.
  vault.onStatus.on(() => appLock.vaultChanged());
  const service = new VaultService({
    vault,
    appLock,
    wantsReminder: () =>
      preferences.read('preferences', preferencesSchema, defaultPreferences).rotationReminder,
    backUp: () => backups.backUp(),
    ask,
    clock,
  });
  const stop = () => {
    appLock.dispose();
    typed.dropAll();
    obtained.dropAll();
    vault.lock();
  };
  return {
    vault,
    appLock,
    service,
    typed,
    obtained,
    release,
    stop: { name: 'vault', limitMs: 100, run: stop },
  };
}

/** Where each stored secret goes: its data source's endpoint, a server of the app's own, or nowhere. */
function endpointHashesOf({ dataSources, preferences }: OpenStore): EndpointHashes {
  return {
    hashFor(ref) {
      const own = ownSecretEndpoint(ref, () => readQueueSettings(preferences).place);
      if (own !== null) return own;
      const dataSource = dataSources.find(ref.dataSourceId);
      if (dataSource === null || !secretFieldsOf(dataSource).includes(ref.field)) return null;
      return endpointHash(dataSource);
    },
  };
}

export type Vault = ReturnType<typeof createVault>;
