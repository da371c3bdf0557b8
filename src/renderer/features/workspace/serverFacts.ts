import type { ServerInfo, TlsState } from '../../../shared/model/testReport.ts';
import { formatMoment } from '../../lib/format.ts';
import { workspaceText } from '../../text/workspace.ts';
import { uptimeText } from './uptimeText.ts';

const words = workspaceText.server;

function tlsText(tls: TlsState): string {
  if (!tls.active) return words.tlsOff;
  return `${tls.protocol}, ${words.verified[tls.verified]}`;
}

function accessText({ readOnly, reachesServer }: ServerInfo): string {
  if (readOnly === null) return words.unknown;
  if (!readOnly) return words.readWrite;
  return reachesServer === true ? words.readOnlyButServer : words.readOnly;
}

export interface ServerFact {
  readonly label: string;
  readonly value: string;
  /** More of it, for those who look closely. */
  readonly detail?: string;
}

/** What the server says about itself, in words. `now` is the epoch in milliseconds. */
export function serverFacts(server: ServerInfo, now: number): readonly ServerFact[] {
  const { startedAt, version, serverEncoding, clientEncoding } = server;
  const encodings =
    serverEncoding === null || clientEncoding === null
      ? serverEncoding
      : words.encodings(serverEncoding, clientEncoding);
  return [
    {
      label: words.version,
      value: server.versionNumber ?? words.unknown,
      ...(version === null ? {} : { detail: version }),
    },
    { label: words.database, value: server.database ?? words.unknown },
    { label: words.user, value: server.user ?? words.unknown },
    { label: words.encoding, value: encodings ?? words.unknown },
    { label: words.timeZone, value: server.timeZone ?? words.unknown },
    startedAt === null
      ? { label: words.started, value: words.unknown }
      : {
          label: words.started,
          value: formatMoment(startedAt),
          detail: words.up(uptimeText(now - startedAt)),
        },
    { label: words.tls, value: tlsText(server.tls) },
    { label: words.access, value: accessText(server) },
  ];
}
