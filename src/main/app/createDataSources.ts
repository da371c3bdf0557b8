import { join } from 'node:path';
import type { EngineKind } from '../../shared/engines/settings.ts';
import type { ConnectionProfile, ProfileName } from '../../shared/model/connectionProfile.ts';
import { AppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import type { Connector } from '../connectors/Connector.ts';
import { ConnectionUrls } from '../dataSources/ConnectionUrls.ts';
import { AcceptedHostKeys } from '../dataSources/connecting/AcceptedHostKeys.ts';
import { ConnectionTester } from '../dataSources/connecting/ConnectionTester.ts';
import { ConnectService } from '../dataSources/connecting/ConnectService.ts';
import { DatabaseChoices } from '../dataSources/connecting/DatabaseChoices.ts';
import { LoginHistory } from '../dataSources/connecting/LoginHistory.ts';
import { SecretProof } from '../dataSources/connecting/SecretProof.ts';
import { SshDialogues } from '../dataSources/connecting/SshDialogues.ts';
import { DataSourceService } from '../dataSources/DataSourceService.ts';
import { DatabaseService } from '../dataSources/databases/DatabaseService.ts';
import type { OtherDatabases } from '../dataSources/databases/OtherDatabases.ts';
import { AllowedCommands } from '../dataSources/passwords/AllowedCommands.ts';
import { PasswordCommands } from '../dataSources/passwords/PasswordCommands.ts';
import { PasswordSources, type PasswordSourcesOptions } from '../dataSources/passwords/PasswordSources.ts';
import { SecretSource } from '../dataSources/secrets/SecretSource.ts';
import { SourceVerifier } from '../dataSources/secrets/SourceVerifier.ts';
import type { Logger } from '../observability/Logger.ts';
import type { ConnectTargets } from '../sessions/ConnectTargets.ts';
import type { Sessions } from './createSessions.ts';
import type { Vault } from './createVault.ts';
import type { OpenStore } from './openStore.ts';
import type { PlatformAdapters } from './services.ts';

/** What decides whether a saved data source may be connected to, and with which secrets. */
export function createSourceSecrets(
  store: OpenStore,
  vault: Vault,
  clock: Clock,
  { ask, logger, paths }: PlatformAdapters,
  connectorFor: PasswordSourcesOptions['connectorFor'],
) {
  const { audit, dataSources: repository } = store;
  const { typed, obtained } = vault;
  const shared = { repository, vault: vault.vault, typed, obtained, ask, audit };
  const verifier = new SourceVerifier(shared);
  const allowedCommands = new AllowedCommands({
    ...{ path: join(paths.userData, 'allowed_commands'), signer: vault.vault.signer, ask, audit },
    logger: logger.scope('connections'),
  });
  const commands = new PasswordCommands({ allowed: allowedCommands, clock });
  vault.vault.onStatus.on(() => {
    if (vault.vault.status().lock === 'locked') commands.dropAll();
  });
  return {
    verifier,
    obtained,
    secrets: new SecretSource({ ...shared, release: vault.release, verifier }),
    logins: new LoginHistory({ repository: store.loginMethods, ask, logger: logger.scope('connections') }),
    hostKeys: new AcceptedHostKeys({ path: join(paths.userData, 'ssh_known_hosts'), ask, audit }),
    sshDialogues: new SshDialogues(),
    allowedCommands,
    passwords: new PasswordSources({ commands, connectorFor }),
  };
}

export type SourceSecrets = ReturnType<typeof createSourceSecrets>;

export interface DataSourcesOptions {
  readonly store: OpenStore;
  readonly vault: Vault;
  readonly sourceSecrets: SourceSecrets;
  readonly targets: ConnectTargets;
  readonly others: OtherDatabases;
  readonly sessions: Sessions;
  readonly adapters: PlatformAdapters;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The saved data sources: what a person does with them. */
export function createDataSources(options: DataSourcesOptions) {
  const { store, vault, sourceSecrets, targets, sessions, adapters, clock, logger } = options;
  const { audit, dataSources: repository, backups } = store;
  const { verifier, secrets, passwords, allowedCommands, logins, hostKeys, sshDialogues } = sourceSecrets;
  const { factory, manager, server } = sessions;
  const { typed, obtained, release } = vault;
  const dataSources = new DataSourceService({
    ...{ repository, vault: vault.vault, obtained, release, verifier, manager, audit, clock, logger },
    others: options.others,
    backUp: () => backups.backUp(),
  });
  const proof = new SecretProof({ factory, targets, clock });
  const { clipboard, ask } = adapters;
  const connecting = new ConnectService({
    ...{ repository, verifier, proof, manager, dataSources, typed, logins, hostKeys, sshDialogues },
    ...{ passwords, allowedCommands },
  });
  return {
    dataSources,
    tester: new ConnectionTester({
      ...{ factory, targets, logins, hostKeys, passwords, allowedCommands, clock, logger },
    }),
    connecting,
    databaseChoices: new DatabaseChoices({ factory, targets, hostKeys, clock }),
    databases: new DatabaseService({ others: options.others, server, connecting }),
    sshDialogues,
    hostKeys,
    readProfile: ({ kind, name }: ProfileName) => readProfile(factory.connectorFor(kind), name),
    chooseFile: () => adapters.fileDialogs.chooseSource([]),
    urls: new ConnectionUrls({ repository, secrets, clipboard, ask }),
  };
}

async function readProfile(
  connector: Pick<Connector<EngineKind>, 'profileInFile'>,
  name: string,
): Promise<ConnectionProfile> {
  const profile = await connector.profileInFile?.(name);
  if (profile !== undefined) return profile;
  throw new AppError('UNSUPPORTED', { title: 'This engine has no file with named settings' });
}
