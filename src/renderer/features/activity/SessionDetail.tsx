import { Button } from '@mantine/core';
import { IconTerminal2 } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ActivitySample, ActivitySession } from '../../../shared/model/serverActivity.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { DetailColumns, DetailFacts, DetailPane } from '../../components/DetailPane.tsx';
import { activityText } from '../../text/activity.ts';
import { obstacleTo, type SessionActions } from './interventions.ts';
import { SessionState } from './SessionCell.tsx';
import classes from './SessionDetail.module.css';

const words = activityText.detail;

/** The numbers of the sessions on the other side of the locks. */
function othersOf({ sessions, lockWaits }: ActivitySample, id: string) {
  const numberOf = (other: string | null) => sessions.find((session) => session.id === other)?.number;
  const numbers = (ids: readonly (string | null)[]) =>
    [...new Set(ids)].flatMap((other) => numberOf(other) ?? []).join(', ');
  return {
    blockedBy: numbers(lockWaits.filter(({ waitingId }) => waitingId === id).map(({ holderId }) => holderId)),
    blocks: numbers(lockWaits.filter(({ holderId }) => holderId === id).map(({ waitingId }) => waitingId)),
  };
}

const durationOf = (ageMs: number | null): string | null =>
  ageMs === null ? null : activityText.duration(ageMs);

interface FactsProps {
  readonly session: ActivitySession;
  readonly sample: ActivitySample;
}

function Facts({ session, sample }: FactsProps) {
  const { blockedBy, blocks } = othersOf(sample, session.id);
  const { user, database } = session;
  const facts: readonly (readonly [label: string, value: ReactNode])[] = [
    [words.state, <SessionState key="state" state={session.state} />],
    [words.blockedBy, blockedBy],
    [words.blocks, blocks],
    [words.waitsFor, session.waitsFor],
    [words.running, durationOf(session.statementMs)],
    [words.transaction, durationOf(session.transactionMs)],
    [words.who, [user, database].filter((part) => part !== null).join(' · ')],
    [words.application, session.application],
    [words.from, session.client],
    [words.connected, durationOf(session.connectedMs)],
  ];
  return <DetailFacts facts={facts} />;
}

function StatementText({ session: { state, statement } }: { readonly session: ActivitySession }) {
  if (statement === null) {
    return <p className={classes.none}>{state === null ? words.hiddenStatement : words.noStatement}</p>;
  }
  return (
    <div className={classes.statement}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keyboard too (WCAG 2.1.1) */}
      <pre className={classes.text} tabIndex={0}>
        {statement.text}
      </pre>
      {statement.isCut && <p className={classes.note}>{words.cut}</p>}
    </div>
  );
}

interface SessionDetailProps {
  readonly session: ActivitySession;
  readonly sample: ActivitySample;
  readonly isReadOnly: boolean;
  readonly actions: SessionActions;
}

/** The selected session whole, and what can be done with it. It stays when the session has ended. */
export function SessionDetail({ session, sample, isReadOnly, actions }: SessionDetailProps) {
  const hasEnded = sample.sessions.every(({ id }) => id !== session.id);
  const { statement } = session;
  const terminate = obstacleTo('terminate', session, isReadOnly);
  const note = hasEnded ? words.ended : terminate;
  return (
    <DetailPane
      label={words.label}
      title={words.title(session)}
      beside={note !== null && <span className={classes.note}>{note}</span>}
      closeLabel={words.close}
      onClose={actions.close}
      actions={
        <>
          <Button
            size="xs"
            variant="default"
            disabled={hasEnded || obstacleTo('cancel', session, isReadOnly) !== null}
            onClick={() => actions.intervene('cancel', session)}
          >
            {activityText.intervention.cancel}
          </Button>
          <Button
            size="xs"
            variant="default"
            className={classes.danger}
            disabled={hasEnded || terminate !== null}
            onClick={() => actions.intervene('terminate', session)}
          >
            {activityText.intervention.terminate}
          </Button>
          {statement !== null && (
            <>
              <Button
                size="xs"
                variant="subtle"
                color="gray"
                leftSection={<IconTerminal2 size={14} />}
                onClick={() => actions.openQuery(session)}
              >
                {words.openQuery}
              </Button>
              <CopyButton size="xs" label={words.copy} text={() => statement.text} />
            </>
          )}
        </>
      }
    >
      <DetailColumns>
        <Facts session={session} sample={sample} />
        <StatementText session={session} />
      </DetailColumns>
    </DetailPane>
  );
}
