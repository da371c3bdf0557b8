import { Button, Skeleton } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { Endpoint } from '../../../shared/engines/Engine.ts';
import type { EngineKind } from '../../../shared/engines/settings.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { SourceState } from '../../../shared/model/sourceState.ts';
import type { ServerInfo } from '../../../shared/model/testReport.ts';
import { mayBePlain } from '../../../shared/model/tlsModes.ts';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { call } from '../../lib/api.ts';
import { certificateWarnings } from '../../lib/certificates.ts';
import { labelOf } from '../../lib/factList.ts';
import { formatMoment } from '../../lib/format.ts';
import { latestValue } from '../../lib/loadable.ts';
import { productText, serverFacts, untoldText } from '../../lib/serverFacts.ts';
import { sessionOf } from '../../lib/sessionOf.ts';
import { useIsSlow } from '../../lib/useIsSlow.ts';
import { useLoadable } from '../../lib/useLoadable.ts';
import { useNow } from '../../lib/useNow.ts';
import { useRefreshCommand } from '../../lib/useRefreshCommand.ts';
import { engineText } from '../../text/engines/index.ts';
import { serverText } from '../../text/server.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { workspaceText } from '../../text/workspace.ts';
import { type Fact, FactCard } from './FactCard.tsx';
import classes from './Overview.module.css';
import { uptimeText } from './uptimeText.ts';

const minuteMs = 60_000;
const words = workspaceText.server;

/** As many lines as there will be facts, so that nothing moves when they come. */
function pendingFacts(kind: EngineKind, tls: Endpoint['tls']): Fact[] {
  const own = Object.values(engineText(kind).serverFacts).map(labelOf);
  const started = untoldText(kind) === null ? [] : [serverText.started];
  const { server, client } = serverText.certificate;
  const isEncrypted = tls !== null && !mayBePlain(tls.mode);
  const certificates = isEncrypted ? [server, ...(tls.client === undefined ? [] : [client])] : [];
  const labels = [...own, serverText.access, serverText.tls, ...certificates, ...started];
  return labels.map((label) => ({ label, value: <Skeleton height={10} mt={4} width="70%" radius="sm" /> }));
}

/** When the server started, and how long ago that was. */
function Started({ startedAt }: { startedAt: number }) {
  const now = useNow(true, minuteMs);
  return (
    <>
      {formatMoment(startedAt)}
      <span className={classes.fine}>{serverText.up(uptimeText(now - startedAt))}</span>
    </>
  );
}

function ServerFacts({ server, kind }: { server: ServerInfo; kind: EngineKind }) {
  const { startedAt } = server;
  const now = useNow(true, minuteMs);
  const warnings = certificateWarnings(server.tls, now);
  const product = productText(server, kind);
  const started = startedAt === null ? untoldText(kind) : <Started startedAt={startedAt} />;
  return (
    <FactCard
      heading={words.heading}
      {...(product !== null && { aside: product })}
      facts={[
        ...serverFacts(server, kind),
        ...(started === null ? [] : [{ label: serverText.started, value: started }]),
      ]}
      after={[...(server.isSuperuser === true ? [serverText.superuser] : []), ...warnings].map((caution) => (
        <p key={caution} className={classes.caution}>
          <IconAlertTriangle size={15} aria-hidden />
          {caution}
        </p>
      ))}
    />
  );
}

interface PendingServerProps {
  readonly kind: EngineKind;
  readonly tls: Endpoint['tls'];
  readonly onCancel: () => void;
}

function PendingServer({ kind, tls, onCancel }: PendingServerProps) {
  const isSlow = useIsSlow(true);
  return (
    <FactCard
      heading={words.heading}
      facts={pendingFacts(kind, tls)}
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

interface ServerCardProps {
  readonly id: DataSourceId;
  readonly kind: EngineKind;
  /** How the way to the server is protected, by the settings. */
  readonly tls: Endpoint['tls'];
  readonly state: SourceState;
  readonly isActive: boolean;
}

/** What the server says about itself, asked again with each new session; an interruption does not hide it. */
export function ServerCard({ id, kind, tls, state, isActive }: ServerCardProps) {
  const session = sessionOf(state);
  const sessionSince = useSessionSince(state);
  const { loadable, reload, cancel } = useLoadable(
    session === 'closed' ? null : id,
    (signal) => call('dataSources.serverInfo', { id }, { signal }),
    { revision: sessionSince, isPaused: session !== 'open' },
  );
  useRefreshCommand(reload, isActive);
  const server = latestValue(loadable);
  const card = (content: ReactNode) => <FactCard heading={words.heading} facts={[]} before={content} />;
  const retry = (
    <Button size="xs" variant="default" onClick={reload}>
      {vocabulary.tryAgain}
    </Button>
  );

  if (loadable.status === 'failed') return card(<ErrorPanel error={loadable.error} actions={retry} />);
  if (server !== null) return <ServerFacts server={server} kind={kind} />;
  if (session === 'pending') return card(<p className={classes.hint}>{words.pending}</p>);
  if (loadable.status === 'loading') return <PendingServer kind={kind} tls={tls} onCancel={cancel} />;
  return card(
    <>
      <p className={classes.hint}>{words.cancelled}</p>
      {retry}
    </>,
  );
}
