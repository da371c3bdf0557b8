import type { Resource } from '../../../../shared/model/resources.ts';
import { AppError } from '../../../base/AppError.ts';
import { cleanText } from '../../../base/cleanText.ts';
import type { IncomingAnswer } from '../ApiSession.ts';
import { emptyAnswerError, pageInsteadOfJsonError } from '../errors/answerErrors.ts';
import { apiWords } from '../errors/apiWords.ts';
import { headerOf } from '../HeaderLines.ts';

/** What an answer has to read, in UTF-8. */
export type AnswerBody =
  | { readonly type: 'none' }
  | { readonly type: 'json' | 'ndjson'; readonly bytes: Buffer };

const ndjsonTypes =
  /^application\/(?:x-ndjson|ndjson|x-jsonlines|jsonlines|jsonl|json-lines|x-json-stream|stream\+json)$/;

/**
 * What there is to read in an answer that did not fail.
 * @throws PROTOCOL_ERROR for an empty one, for HTML and the like, and for an encoding that is not known
 */
export function answerBody(answer: IncomingAnswer, format: Resource['format']): AnswerBody {
  const { body, isIgnored, status } = answer;
  if (isIgnored || status === 204 || status === 205) return { type: 'none' };
  const contentType = headerOf(answer.headers, 'content-type') ?? '';
  const mediaType = (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();
  const isLines = format === 'ndjson' || (format === 'auto' && ndjsonTypes.test(mediaType));
  if (body.length === 0) {
    // No lines are no records.
    if (isLines) return { type: 'none' };
    throw emptyAnswerError(cleanText(answer.url.pathname, 200), status);
  }
  const isMarkup = firstByte(body) === 0x3c || /^(?:text\/html|application\/xhtml\+xml)$/.test(mediaType);
  if (isMarkup) throw markup(answer, mediaType);
  return { type: isLines ? 'ndjson' : 'json', bytes: inUtf8(body, contentType) };
}

/** The first byte that is no space and no byte order mark. */
function firstByte(bytes: Buffer): number {
  let at = bytes[0] === 0xef ? 3 : 0;
  while (at < 1_000 && (bytes[at] ?? 0x21) <= 0x20) at += 1;
  return bytes[at] ?? 0;
}

/** JSON is UTF-8 (RFC 8259), but some say otherwise. */
function inUtf8(bytes: Buffer, contentType: string): Buffer {
  const named = /;\s*charset\s*=\s*"?([\w.:-]+)"?/i.exec(contentType)?.[1]?.toLowerCase() ?? 'utf-8';
  const encoding = encodingByMark(bytes) ?? named;
  if (/^(?:utf-?8|us-ascii|ascii)$/.test(encoding)) return bytes;
  try {
    return Buffer.from(new TextDecoder(encoding, { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new AppError('PROTOCOL_ERROR', {
      title: 'The encoding of the answer cannot be read',
      detail: `The answer says that it is in “${cleanText(encoding, 40)}”.`,
      cause,
    });
  }
}

function encodingByMark(bytes: Buffer): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
}

/** XML, or a page for people. */
function markup({ body, headers, redirectedFrom, url }: IncomingAnswer, mediaType: string): AppError {
  const from = cleanText(url.pathname, 200);
  const isXml = /xml/.test(mediaType) && !/html/.test(mediaType);
  if (!isXml) {
    const words = apiWords(body, headerOf(headers, 'content-type') ?? '', '');
    return pageInsteadOfJsonError(from, words, redirectedFrom.length > 0);
  }
  return new AppError('PROTOCOL_ERROR', {
    title: `Expected JSON, got XML from ${from}`,
    causes: ['The API answers in XML unless it is asked for JSON.'],
    fixes: ['Set the header Accept to application/json.'],
  });
}
