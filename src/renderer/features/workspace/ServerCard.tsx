import { Button, Skeleton } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { SourceState } from '../../../shared/model/sourceState.ts';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { call } from '../../lib/api.ts';
import { latestValue } from '../../lib/loadable.ts';
import { useLoadable } from '../../lib/useLoadable.ts';
import { useRefreshCommand } from '../../lib/useRefreshCommand.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { workspaceText } from '../../text/workspace.ts';
import { FactCard } from './FactCard.tsx';
import classes from './Overview.module.css';
import { serverFacts } from './serverFacts.ts';
import { sessionOf } from './sessionOf.ts';
import { useNow } from './useNow.ts';

const minuteMs = 60_000;

/** As many lines as there will be facts, so that nothing moves when they come. */
const pendingFacts = [
  workspaceText.server.version,
  workspaceText.server.database,
  workspaceText.server.user,
  workspaceText.server.encoding,
  workspaceText.server.timeZone,
  workspaceText.server.started,
  workspaceText.server.tls,
  workspaceText.server.access,
].map((label) => ({ label, value: <Skeleton height={10} mt={4} width="70%" radius="sm" /> }));

/** What the server says about itself, asked again with each new session. */
export function ServerCard({ id, state }: { id: DataSourceId; state: SourceState }) {
  const isOpen = sessionOf(state) === 'open';
  const sessionSince = isOpen && 'since' in state ? state.since : 0;
  const now = useNow(true, minuteMs);
  const { loadable, reload } = useLoadable(
    isOpen ? id : null,
    (signal) => call('dataSources.serverInfo', { id }, { signal }),
    sessionSince,
  );
  useRefreshCommand(reload);
  const { heading, notConnected, superuser } = workspaceText.server;
  const server = latestValue(loadable);

  if (!isOpen) {
    return <FactCard heading={heading} facts={[]} before={<p className={classes.hint}>{notConnected}</p>} />;
  }
  if (loadable.status === 'failed') {
    const retry = (
      <Button size="xs" variant="default" onClick={reload}>
        {vocabulary.tryAgain}
      </Button>
    );
    return (
      <FactCard heading={heading} facts={[]} before={<ErrorPanel error={loadable.error} actions={retry} />} />
    );
  }
  if (server === null) return <FactCard heading={heading} facts={pendingFacts} />;
  return (
    <FactCard
      heading={heading}
      facts={serverFacts(server, now).map(({ label, value, detail }) => ({
        label,
        value: (
          <>
            {value}
            {detail !== undefined && <span className={classes.fine}>{detail}</span>}
          </>
        ),
      }))}
      after={
        server.isSuperuser && (
          <p className={classes.caution}>
            <IconAlertTriangle size={15} aria-hidden />
            {superuser}
          </p>
        )
      }
    />
  );
}
