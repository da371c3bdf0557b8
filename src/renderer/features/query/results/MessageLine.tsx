import { Anchor, Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconBell,
  IconCheck,
  IconInfoCircle,
  IconPlugOff,
  IconX,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ErrorPanel } from '../../../components/ErrorPanel.tsx';
import { formatClockTime } from '../../../lib/format.ts';
import { queryText } from '../../../text/query.ts';
import { oneLine } from '../oneLine.ts';
import { type LogContent, type LogLine, placeInTab } from '../run/runState.ts';
import { useDesk, useQuery } from '../session/deskContext.ts';
import { noticeText } from './logText.ts';
import classes from './Results.module.css';

const quiet = ['NOTICE', 'INFO', 'LOG', 'DEBUG', 'NOTE'];

function iconOf(content: LogContent): ReactNode {
  switch (content.type) {
    case 'ended':
      return <IconCheck size={14} className={classes.done} aria-hidden />;
    case 'failed':
      return <IconX size={14} className={classes.failed} aria-hidden />;
    case 'lost':
      return <IconPlugOff size={14} className={classes.failed} aria-hidden />;
    case 'notification':
      return <IconBell size={14} aria-hidden />;
    case 'notice':
      return quiet.includes(content.notice.severity) ? (
        <IconInfoCircle size={14} aria-hidden />
      ) : (
        <IconAlertTriangle size={14} className={classes.warned} aria-hidden />
      );
  }
}

/** An error of a statement, with the way to its place in the editor. */
function Failure({ line, content }: { line: LogLine; content: Extract<LogContent, { type: 'failed' }> }) {
  const desk = useDesk();
  const statement = useQuery(({ run }) => (line.index === null ? undefined : run?.statements[line.index]));
  const { error, position } = content;
  const at = statement === undefined || position === null ? null : placeInTab(statement, position);
  const place = at === null ? null : (desk.editor?.placeOf(at) ?? null);
  const goTo = () => desk.editor?.goTo(at ?? statement?.from ?? 0);
  const actions =
    place === null ? (
      <Button size="xs" variant="default" onClick={goTo}>
        {queryText.showPlace}
      </Button>
    ) : (
      <Button size="xs" variant="default" onClick={goTo}>
        {`${queryText.showPlace} (${queryText.place(place.line, place.column)})`}
      </Button>
    );
  return <ErrorPanel error={error} actions={statement !== undefined && actions} />;
}

function Body({ line }: { readonly line: LogLine }) {
  const { content } = line;
  switch (content.type) {
    case 'notice':
      return <pre className={classes.notice}>{noticeText(content.notice)}</pre>;
    case 'notification': {
      const { channel, payload, backendId } = content.notification;
      return (
        <>
          <span className={classes.secondary}>{queryText.notification(channel, backendId)}</span>
          <pre className={classes.notice}>{payload}</pre>
        </>
      );
    }
    case 'ended':
      return (
        <span>
          {queryText.ended(content)}
          <span className={classes.secondary}> · {queryText.duration(content.durationMs)}</span>
        </span>
      );
    case 'failed':
      return <Failure line={line} content={content} />;
    case 'lost':
      return <ErrorPanel error={content.error} />;
  }
}

/** The statement that a line belongs to; where a run has only one, nobody needs to be told. */
function StatementName({ index }: { readonly index: number }) {
  const desk = useDesk();
  const count = useQuery(({ run }) => run?.statements.length ?? 0);
  const statement = useQuery(({ run }) => run?.statements[index]);
  if (count < 2 || statement === undefined) return null;
  return (
    <Anchor
      component="button"
      type="button"
      className={classes.statementName}
      title={statement.text.slice(0, 1_000)}
      onClick={() => desk.editor?.goTo(statement.from)}
    >
      {oneLine(statement.text, 120)}
    </Anchor>
  );
}

/** One message, with its time and statement. */
export function MessageLine({ line }: { readonly line: LogLine }) {
  return (
    <div className={classes.line}>
      <time className={classes.time}>{formatClockTime(line.at)}</time>
      <span className={classes.lineIcon}>{iconOf(line.content)}</span>
      <div className={classes.lineBody}>
        {line.index !== null && line.content.type !== 'notice' && <StatementName index={line.index} />}
        <Body line={line} />
      </div>
    </div>
  );
}
