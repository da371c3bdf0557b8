import { engineOf, inDatabase } from '../../shared/engines/engines.ts';
import type { DataSourceFields, Draft } from '../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../shared/model/ids.ts';
import type { ConnectTarget } from '../connectors/Connector.ts';
import type { DataSourceService } from '../dataSources/DataSourceService.ts';
import type { OtherDatabases } from '../dataSources/databases/OtherDatabases.ts';
import type { DemoApi } from '../demo/api/DemoApi.ts';
import { atDemoApi } from '../demo/api/demoApiSource.ts';
import type { DemoServer } from '../demo/DemoServer.ts';
import { demoDataSource } from '../demo/demoDataSource.ts';
import type { ConnectTargets } from '../sessions/ConnectTargets.ts';
import type { SourceSecrets } from './createDataSources.ts';

/** What people who look at the server see in its list of sessions. */
const applicationName = 'Mooring';

/** Saves a secret that a server has given in place of the stored one. */
type KeepSecret = DataSourceService['keepSecret'];

/** The secret field whose value can come from a command or a file. */
const passwordField = 'password';

/** What the app has to try things on. */
interface Demo {
  readonly demo: DemoServer;
  readonly api: DemoApi;
}

/** Where data sources are and what opens them: the vault for a person's own, the demo server for its own. */
export function createConnectTargets(
  { verifier, secrets, passwords, logins, hostKeys, sshDialogues }: SourceSecrets,
  { demo, api }: Demo,
  keepSecret: KeepSecret,
): ConnectTargets {
  const onDemo = async (fields: DataSourceFields, signal: AbortSignal): Promise<ConnectTarget> => {
    if (engineOf(fields.engine.kind).capabilities.requests) {
      const engine = atDemoApi(fields.engine, await api.ensureRunning(signal));
      return { ...sessionOf(fields), engine, secret: () => Promise.resolve(api.key) };
    }
    const { engine } = demoDataSource(await demo.ensureRunning(signal));
    return { ...sessionOf(fields), engine, secret: () => demo.password() };
  };
  /** What a test was given in place of a stored secret is as good as what was stored. */
  const replaceIn =
    (id: DataSourceId, { fields, secrets: given }: Draft) =>
    async (field: string, value: string) => {
      if (given[field]?.type === 'stored') await keepSecret(id, { field, value }, fields);
    };
  return {
    async forDataSource({ id }, signal) {
      const dataSource = await verifier.verified(id);
      if (dataSource.origin === 'demo') return onDemo(dataSource, signal);
      const hasSource = await passwords.isUsedBy(dataSource);
      return {
        ...sessionOf(dataSource),
        secret: async (field, asking) =>
          hasSource && field === passwordField
            ? (secrets.typedFor(dataSource, field) ?? passwords.passwordOf(dataSource, asking))
            : secrets.ofDataSource(dataSource, field),
        replaceSecret: async (field, value) => {
          if (secrets.replaceTyped(dataSource, field, value)) return;
          await keepSecret(id, { field, value }, dataSource);
        },
        logins: logins.of(id, dataSource),
        acceptedHostKeys: () => hostKeys.text(),
        hostKeyChanged: (change) => hostKeys.noteChange(change),
        askPerson: sshDialogues.askFor(id),
      };
    },
    async forDraft(draft, signal) {
      const { id, fields } = draft;
      if (fields.origin === 'demo') return onDemo(fields, signal);
      // Asked before anything is sent: a changed address is a matter between us and the person, not the server.
      const opened = await secrets.ofDraft(draft, signal);
      const hasSource = await passwords.isUsedBy(fields);
      const known =
        id === null ? {} : { logins: logins.ofDraft(id, fields), replaceSecret: replaceIn(id, draft) };
      return {
        ...sessionOf(fields),
        secret: async (field, asking) =>
          hasSource && field === passwordField
            ? passwords.passwordOf(fields, asking)
            : (opened.get(field) ?? null),
        acceptedHostKeys: () => hostKeys.text(),
        hostKeyChanged: (change) => hostKeys.noteChange(change),
        askPerson: sshDialogues.ask,
        ...known,
      };
    },
  };
}

/**
 * The same, also for the other databases of their servers: where the data source is that a database belongs to, with its
 * secrets and all that is known of its log-ins, but for the name of the database.
 */
export function targetsOfDatabases(targets: ConnectTargets, others: OtherDatabases): ConnectTargets {
  return {
    ...targets,
    async forDataSource(dataSource, signal) {
      const origin = others.originOf(dataSource.id);
      if (origin === null) return targets.forDataSource(dataSource, signal);
      const target = await targets.forDataSource({ ...dataSource, id: origin.sourceId }, signal);
      // Settings that are read once more may be of another engine by now.
      return { ...target, engine: inDatabase(target.engine, origin.database) ?? target.engine };
    },
  };
}

const sessionOf = ({ engine, readOnly, timeouts }: DataSourceFields) => ({
  engine,
  readOnly,
  timeouts,
  applicationName,
});
