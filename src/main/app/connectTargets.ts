import type { DataSourceFields } from '../../shared/model/dataSource.ts';
import type { ConnectTarget } from '../connectors/Connector.ts';
import type { LoginHistory } from '../dataSources/connecting/LoginHistory.ts';
import type { PasswordSource } from '../dataSources/secrets/PasswordSource.ts';
import type { SourceVerifier } from '../dataSources/secrets/SourceVerifier.ts';
import type { DemoServer } from '../demo/DemoServer.ts';
import type { ConnectTargets } from '../sessions/ConnectTargets.ts';

/** What people who look at the server see in pg_stat_activity. */
const applicationName = 'Mooring';

/** Where data sources are and what opens them: the vault for real ones, the demo server for its own. */
export function createConnectTargets(
  verifier: SourceVerifier,
  passwords: PasswordSource,
  logins: LoginHistory,
  demo: DemoServer,
): ConnectTargets {
  const onDemo = async (fields: DataSourceFields, signal: AbortSignal): Promise<ConnectTarget> => {
    const { host, port } = await demo.ensureRunning(signal);
    return { fields: { ...fields, host, port }, password: () => demo.password(), applicationName };
  };
  return {
    async forDataSource({ id }, signal) {
      const dataSource = await verifier.verified(id);
      if (dataSource.demo) return onDemo(dataSource, signal);
      const password = () => passwords.ofDataSource(dataSource);
      return { fields: dataSource, password, applicationName, logins: logins.of(dataSource.id, dataSource) };
    },
    async forDraft(draft, signal) {
      if (draft.fields.demo) return onDemo(draft.fields, signal);
      // Asked before anything is sent: a changed address is a matter between us and the person, not the server.
      const password = await passwords.ofDraft(draft, signal);
      const { id, fields } = draft;
      const known = id === null ? {} : { logins: logins.ofDraft(id, fields) };
      return { fields, password: async () => password, applicationName, ...known };
    },
  };
}
