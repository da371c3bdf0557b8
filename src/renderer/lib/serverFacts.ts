import { engineOf } from '../../shared/engines/engines.ts';
import type { EngineKind } from '../../shared/engines/settings.ts';
import type { ServerInfo } from '../../shared/model/testReport.ts';
import { engineText } from '../text/engines/index.ts';
import { serverText } from '../text/server.ts';
import { certificateFacts } from './certificates.ts';
import { factList, type LabelledText } from './factList.ts';

/**
 * What stands for a fact that was not told. A database has it and did not say, but an API has no such thing, so that it is
 * left out: null.
 */
export const untoldText = (kind: EngineKind): string | null =>
  engineOf(kind).capabilities.requests ? null : serverText.unknown;

/**
 * `PostgreSQL 18.4 · TimescaleDB 2.17`, `CockroachDB 24.1 (PostgreSQL protocol)`, as far as the server says it; null where
 * there is nothing to show.
 */
export function productText({ product, versionNumber, family }: ServerInfo, kind: EngineKind): string | null {
  const known = [product, versionNumber].filter((part) => part !== null);
  const name = known.length === 0 ? untoldText(kind) : known.join(' ');
  if (name === null) return null;
  const protocol = family.protocol === null ? '' : serverText.protocol(family.protocol);
  const parts = family.parts.map((part) => serverText.part(part.name, part.version));
  return [name, protocol, ...parts].join('');
}

/** What does not work on this server and why, in one text; nothing when all works. */
function limitsFact({ family }: ServerInfo, kind: EngineKind): readonly LabelledText[] {
  const { serverLimits } = engineText(kind);
  const sentences = family.limits.flatMap((key) => serverLimits[key] ?? []);
  return sentences.length === 0 ? [] : [{ label: serverText.limits, value: sentences.join(' ') }];
}

function accessText({ readOnly, reachesServer, isSuperuser }: ServerInfo): string {
  if (readOnly === null) return serverText.unknown;
  if (readOnly) return reachesServer === true ? serverText.readOnlyButServer : serverText.readOnly;
  return isSuperuser === true ? serverText.readWriteSuperuser : serverText.readWrite;
}

/** What a server says about itself and the session: what its engine knows, then what is asked of every server. */
export const serverFacts = (server: ServerInfo, kind: EngineKind): readonly LabelledText[] => [
  ...factList(server.facts, engineText(kind).serverFacts),
  { label: serverText.access, value: accessText(server) },
  { label: serverText.tls, value: serverText.tlsState(server.tls) },
  ...certificateFacts(server.tls),
  ...limitsFact(server, kind),
];
