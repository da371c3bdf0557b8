import { AppError } from '../../../base/AppError.ts';
import type { TemplateScope } from '../templates/TemplateScope.ts';
import { templateParts } from '../templates/template.ts';

/** A value in a path segment or a query; a space is `%20`, a plus is `%2B`. */
export const encoded = (text: string): string =>
  // Half of a surrogate pair has no UTF-8.
  encodeURIComponent(Buffer.from(text).toString());

interface UrlParts {
  readonly base: string;
  /** A template with `{name}` for path parameters; may have a query. */
  readonly path: string;
  /** Encoded. */
  readonly pathValues: ReadonlyMap<string, string>;
  /** Encoded. */
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly scope: TemplateScope;
}

/** @throws INVALID_INPUT for a parameter of the path that is not there, or a value that would leave the path */
export function requestUrl({ base, path, pathValues, query, scope }: UrlParts): URL {
  const rendered = templateParts(path, scope)
    .map((part) => (part.type === 'value' ? encoded(part.value ?? '') : filledPath(part.text, pathValues)))
    .join('');
  const [ownPath = '', ownQuery] = splitAt(rendered, '?');
  if (ownPath.split('/').some(isDotSegment)) throw leavesPath(ownPath);
  const url = new URL(base);
  const joined = ownPath === '' || ownPath.startsWith('/') ? ownPath : `/${ownPath}`;
  if (joined !== '') url.pathname = `${url.pathname.replace(/\/$/, '')}${joined}`;
  const pairs = query.map(([name, value]) => `${name}=${value}`);
  url.search = [...(ownQuery ?? '').split('&').filter((each) => each !== ''), ...pairs].join('&');
  return url;
}

/** What a person wrote, with the parameters in it. */
const filledPath = (text: string, values: ReadonlyMap<string, string>): string =>
  text.replaceAll('#', '%23').replace(/\{([^{}]*)\}/g, (_, name: string) => {
    const value = values.get(name);
    if (value !== undefined) return value;
    throw new AppError('INVALID_INPUT', {
      title: `The path contains {${name}}, which is no parameter`,
      detail:
        values.size === 0 ? 'There are no path parameters.' : `There are: ${[...values.keys()].join(', ')}.`,
    });
  });

function splitAt(text: string, mark: string): [string, string?] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** `..` also when it is encoded: URLs take it as one. */
const isDotSegment = (segment: string): boolean => /^(?:\.|%2e){1,2}$/i.test(segment);

const leavesPath = (path: string): AppError =>
  new AppError('INVALID_INPUT', {
    title: 'A part of the path is “.” or “..”',
    detail: `“${path}” would lead to another address than the one that is described.`,
  });
