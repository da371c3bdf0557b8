import type { DataSourceSummary } from '../../../shared/model/dataSource.ts';
import { workspaceText } from '../../text/workspace.ts';
import { FactCard } from './FactCard.tsx';

/** How the data source is set up, as it was saved. */
export function ConnectionCard({ summary: { dataSource, password } }: { summary: DataSourceSummary }) {
  const words = workspaceText.connection;
  const { host, port, database, user, tls, readOnly, timeouts } = dataSource;
  const encryption =
    tls.caPem === null ? words.tlsMode[tls.mode] : `${words.tlsMode[tls.mode]}, ${words.ownAuthority}`;
  return (
    <FactCard
      heading={words.heading}
      facts={[
        { label: words.host, value: words.address(host, port) },
        { label: words.database, value: database },
        { label: words.user, value: user },
        { label: words.password, value: password.stored ? words.stored : words.none },
        { label: words.tls, value: encryption },
        { label: words.readOnly, value: readOnly ? words.readOnlyOn : words.readOnlyOff },
        { label: words.connectTimeout, value: workspaceText.setting(timeouts.connectMs) },
        { label: words.queryTimeout, value: workspaceText.setting(timeouts.queryMs) },
        {
          label: words.idleTransactionTimeout,
          value: workspaceText.setting(timeouts.idleInTransactionMs),
        },
      ]}
    />
  );
}
