import type { Notice } from '../../../../shared/model/query.ts';
import { errorReport } from '../../../components/errorReport.ts';
import { formatClockTime } from '../../../lib/format.ts';
import { queryText } from '../../../text/query.ts';
import type { LogContent } from '../run/runState.ts';
import type { QueryState } from '../session/createQueryStore.ts';

/** A message of the server with all that it says. */
export function noticeText({ severity, message, detail, hint }: Notice): string {
  return [
    `${severity}: ${message}`,
    ...(detail === null ? [] : [queryText.detail(detail)]),
    ...(hint === null ? [] : [queryText.hint(hint)]),
  ].join('\n');
}

function contentText(content: LogContent): string {
  switch (content.type) {
    case 'notice':
      return noticeText(content.notice);
    case 'notification': {
      const { channel, payload, backendId } = content.notification;
      return `${queryText.notification(channel, backendId)}\n${payload}`;
    }
    case 'ended':
      return `${queryText.ended(content)} · ${queryText.duration(content.durationMs)}`;
    case 'failed':
    case 'lost':
      return errorReport(content.error);
  }
}

/** All messages as plain text, each with its time and the statement that it belongs to. */
export function logText({ log, run, runError }: Pick<QueryState, 'log' | 'run' | 'runError'>): string {
  const lines = log.map(({ at, index, content }) => {
    const statement = index === null ? undefined : run?.statements[index]?.text;
    return [formatClockTime(at), ...(statement === undefined ? [] : [statement]), contentText(content)].join(
      '\n',
    );
  });
  return [...(runError === null ? [] : [errorReport(runError)]), ...lines].join('\n\n');
}
