import { Button, Skeleton } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { SourceState } from '../../../shared/model/sourceState.ts';
import type { ServerInfo } from '../../../shared/model/testReport.ts';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { call } from '../../lib/api.ts';
import { latestValue } from '../../lib/loadable.ts';
import { useIsSlow } from '../../lib/useIsSlow.ts';
import { useLoadable } from '../../lib/useLoadable.ts';
import { useNow } from '../../lib/useNow.ts';
import { useRefreshCommand } from '../../lib/useRefreshCommand.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { workspaceText } from '../../text/workspace.ts';
import { FactCard } from './FactCard.tsx';
import classes from './Overview.module.css';
import { serverFacts } from './serverFacts.ts';
import { sessionOf } from './sessionOf.ts';

const minuteMs = 60_000;
const words = workspaceText.server;

/** As many lines as there will be facts, so that nothing moves when they come. */
const pendingFacts = [
  words.version,
  words.database,
  words.user,
  words.encoding,
  words.timeZone,
  words.started,
  words.tls,
  words.access,
].map((label) => ({ label, value: <Skeleton height={10} mt={4} width="70%" radius="sm" /> }));

function ServerFacts({ server }: { server: ServerInfo }) {
  const now = useNow(true, minuteMs);
  return (
    <FactCard
      heading={words.heading}
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
        server.isSuperuser === true && (
          <p className={classes.caution}>
            <IconAlertTriangle size={15} aria-hidden />
            {words.superuser}
          </p>
        )
      }
    />
  );
}

function PendingServer({ onCancel }: { onCancel: () => void }) {
  const isSlow = useIsSlow(true);
  return (
    <FactCard
      heading={words.heading}
      facts={pendingFacts}
      after={
        isSlow && (
          <Button mt="xs" size="xs" variant="default" onClick={onCancel}>
            {vocabulary.cancel}
          </Button>
        )
      }
    />
  );
}

/** When the session began that is shown (epoch milliseconds); trouble that leaves it open begins no other. */
function useSessionSince(state: SourceState): number {
  const [since, setSince] = useState(0);
  if (state.status === 'ready' && state.since !== since) setSince(state.since);
  return since;
}

/** What the server says about itself, asked again with each new session; an interruption does not hide it. */
export function ServerCard({ id, state }: { id: DataSourceId; state: SourceState }) {
  const session = sessionOf(state);
  const sessionSince = useSessionSince(state);
  const { loadable, reload, cancel } = useLoadable(
    session === 'closed' ? null : id,
    (signal) => call('dataSources.serverInfo', { id }, { signal }),
    { revision: sessionSince, isPaused: session !== 'open' },
  );
  useRefreshCommand(reload);
  const server = latestValue(loadable);
  const card = (content: ReactNode) => <FactCard heading={words.heading} facts={[]} before={content} />;
  const retry = (
    <Button size="xs" variant="default" onClick={reload}>
      {vocabulary.tryAgain}
    </Button>
  );

  if (session === 'closed') return card(<p className={classes.hint}>{words.notConnected}</p>);
  if (loadable.status === 'failed') return card(<ErrorPanel error={loadable.error} actions={retry} />);
  if (server !== null) return <ServerFacts server={server} />;
  if (session === 'pending') return card(<p className={classes.hint}>{words.pending}</p>);
  if (loadable.status === 'loading') return <PendingServer onCancel={cancel} />;
  return card(
    <>
      <p className={classes.hint}>{words.cancelled}</p>
      {retry}
    </>,
  );
}
