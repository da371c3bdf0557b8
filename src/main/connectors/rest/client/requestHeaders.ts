import type { Pair } from '../../../../shared/model/resources.ts';
import { invalidRequestError } from '../errors/answerErrors.ts';
import type { HeaderLines } from '../HeaderLines.ts';
import { acceptedEncodings } from './unpack.ts';

const accepted = 'application/json, application/x-ndjson;q=0.9, */*;q=0.5';
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they would end the header and begin another one
const control = /[\u0000-\u0008\u000a-\u001f\u007f]/;

/** They belong to the message itself, or to the socket. */
const reserved = new Set([
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'upgrade',
  'expect',
  'te',
  'trailer',
  'proxy-authorization',
  'proxy-connection',
]);

export interface HeaderParts {
  readonly userAgent: string;
  /** Of the body; null without one. */
  readonly contentType: string | null;
  readonly configured: readonly Pair[];
  readonly requested: HeaderLines;
  /** What shows who asks. A request that brings the same header of its own keeps it. */
  readonly authentication: HeaderLines;
}

/** The header lines of a request to the API itself: those of the request, else the configured, else the usual. @throws INVALID_INPUT */
export function ownHeaders(parts: HeaderParts): HeaderLines {
  const { userAgent, contentType, configured, requested, authentication } = parts;
  const layers: readonly HeaderLines[] = [
    requested,
    authentication,
    configured.map(({ name, value }) => [name, value] as const),
    usualHeaders(userAgent, contentType),
  ];
  return checked(layered(layers));
}

/** Those of a request to another origin: nothing of them says who asks. @throws INVALID_INPUT */
export function foreignHeaders(
  userAgent: string,
  requested: HeaderLines,
  contentType: string | null,
): HeaderLines {
  const harmless = requested.filter(([name]) => /^accept(?:-language)?$/i.test(name));
  return checked(layered([harmless, usualHeaders(userAgent, contentType)]));
}

function usualHeaders(userAgent: string, contentType: string | null): HeaderLines {
  return [
    ['Accept', accepted],
    ['Accept-Encoding', acceptedEncodings],
    ['User-Agent', userAgent],
    ...(contentType === null ? [] : [['Content-Type', contentType] as const]),
  ];
}

/** A header of a later layer counts only if no earlier one has it. */
function layered(layers: readonly HeaderLines[]): HeaderLines {
  const lines: (readonly [string, string])[] = [];
  const known = new Set<string>();
  for (const layer of layers) {
    const added = layer.filter(([name]) => !known.has(name.toLowerCase()));
    lines.push(...added);
    for (const [name] of added) known.add(name.toLowerCase());
  }
  return lines;
}

function checked(lines: HeaderLines): HeaderLines {
  for (const [name, value] of lines) {
    if (!token.test(name))
      throw invalidRequestError('The name of a header has a character that HTTP forbids.');
    if (reserved.has(name.toLowerCase())) {
      throw invalidRequestError(`The header ${name} belongs to the connection; it cannot be set.`);
    }
    if (control.test(value)) {
      throw invalidRequestError(`The value of the header ${name} has a line break or a control character.`);
    }
  }
  return lines;
}
