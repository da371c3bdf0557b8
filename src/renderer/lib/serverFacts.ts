import type { ServerInfo } from '../../shared/model/testReport.ts';
import type { FactTexts } from '../text/engines/EngineText.ts';
import { serverText } from '../text/server.ts';
import { factList, type LabelledText } from './factList.ts';

/** `PostgreSQL 18.4`, as far as the server says it. */
export function productText({ product, versionNumber }: ServerInfo): string {
  const parts = [product, versionNumber].filter((part) => part !== null);
  return parts.length === 0 ? serverText.unknown : parts.join(' ');
}

function accessText({ readOnly, reachesServer, isSuperuser }: ServerInfo): string {
  if (readOnly === null) return serverText.unknown;
  if (readOnly) return reachesServer === true ? serverText.readOnlyButServer : serverText.readOnly;
  return isSuperuser === true ? serverText.readWriteSuperuser : serverText.readWrite;
}

/** What a server says about itself and the session: what its engine knows, then what is asked of every server. */
export const serverFacts = (server: ServerInfo, texts: FactTexts): readonly LabelledText[] => [
  ...factList(server.facts, texts),
  { label: serverText.access, value: accessText(server) },
  { label: serverText.tls, value: serverText.tlsState(server.tls) },
];
