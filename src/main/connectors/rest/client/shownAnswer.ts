import { type Answer, shownBodyLength } from '../../../../shared/model/requests.ts';
import type { Method, Pair } from '../../../../shared/model/resources.ts';
import type { IncomingAnswer } from '../ApiSession.ts';
import { type HeaderLines, headerOf } from '../HeaderLines.ts';
import type { Redactor } from './Redactor.ts';

const maxUrlLength = 20_000;
const maxHeaderLength = 10_000;
/** What decides whether bytes are text. */
const probeBytes = 64 * 1024;

/** An answer as the window may see it: without secrets, and no longer than it can show. */
export function shownAnswer(method: Method, answer: IncomingAnswer, redactor: Redactor): Answer {
  const { status, statusText, timing, attempts, body, byteCount, headers } = answer;
  const contentType = headerOf(headers, 'content-type') ?? '';
  const text = textOf(body, contentType);
  const shown = text === null ? null : redactor.text(text);
  return {
    ...{ method, status, attempts, byteCount, timing: { ...timing } },
    url: redactor.text(answer.url.href).slice(0, maxUrlLength),
    statusText: statusText.slice(0, 200),
    sentHeaders: pairsOf(redactor.headers(answer.sentHeaders())),
    headers: pairsOf(redactor.headers(headers)),
    redirectedFrom: answer.redirectedFrom.map(({ href }) => redactor.text(href).slice(0, maxUrlLength)),
    unpackedByteCount: body.length,
    contentType: contentType.slice(0, 500),
    body: shown?.slice(0, shownBodyLength) ?? null,
    isCut: shown !== null && (shown.length > shownBodyLength || body.length > maxShownBytes),
  };
}

/** Characters have up to four bytes; what is beyond is never shown. */
const maxShownBytes = shownBodyLength * 4;

function textOf(body: Buffer, contentType: string): string | null {
  const beginning = body.subarray(0, maxShownBytes);
  const isLatin = /charset="?(?:iso-8859-1|latin1|windows-1252|us-ascii)/i.test(contentType);
  if (isLatin) return beginning.toString('latin1');
  return isBinary(body, contentType) ? null : beginning.toString('utf8').replace(/^\uFEFF/, '');
}

function isBinary(body: Buffer, contentType: string): boolean {
  const probe = body.subarray(0, probeBytes);
  if (probe.includes(0)) return true;
  if (/^(?:text\/|application\/(?:json|xml|.*\+(?:json|xml)))/i.test(contentType)) return false;
  const text = probe.toString('utf8');
  const oddCount = text.split('\uFFFD').length - 1;
  // A character may be cut where the probe ends.
  return oddCount > 1;
}

const pairsOf = (lines: HeaderLines): Pair[] =>
  lines
    .filter(([name]) => name !== '')
    .map(([name, value]) => ({ name: name.slice(0, 200), value: value.slice(0, maxHeaderLength) }));
