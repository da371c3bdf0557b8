import type { Resource } from '../../../../shared/model/resources.ts';
import { AppError } from '../../../base/AppError.ts';
import type { Pace } from '../../../base/async/Pace.ts';
import { cleanText } from '../../../base/cleanText.ts';
import { type JsonTape, tokenKinds } from '../json/JsonTape.ts';
import { keysOf, rawTextOf } from '../json/jsonText.ts';
import { selectText } from './selecting/selectValue.ts';

/** Where APIs usually put what they have to say, the most specific first. */
const usualMessages = [
  'error.message',
  'error.info',
  'error.detail',
  'error.description',
  'errors[0].message',
  'errors[0].detail',
  'errors[0]',
  'error_description',
  'error',
  'message',
  'detail',
  'title',
  'msg',
];

const maxMessageLength = 500;
const maxKeys = 30;

/** What an API says in an answer about what went wrong; null when it says nothing. */
async function messageIn(
  tape: JsonTape,
  root: number,
  messageSelector: string,
  pace: Pace,
): Promise<string | null> {
  for (const selector of messageSelector.trim() === '' ? usualMessages : [messageSelector]) {
    const text = await selectText(tape, root, selector, pace).catch(() => null);
    if (text !== null && text.trim() !== '' && !/^(?:true|false)$/.test(text)) {
      return cleanText(text, maxMessageLength);
    }
  }
  return null;
}

/** @param at the last value on the selector's way that is there */
export async function nothingSelected(
  tape: JsonTape,
  root: number,
  at: number,
  selector: string,
  { messageSelector }: Pick<Resource, 'messageSelector'>,
  pace: Pace,
): Promise<AppError> {
  const message = await messageIn(tape, root, messageSelector, pace);
  const said = message === null ? '' : `The API says: “${message}”. `;
  return new AppError('QUERY_FAILED', {
    title: cleanText(`There is nothing at “${selector}” in the answer`, 200),
    detail: `${said}${where(root, at)} ${described(tape, at)}`,
    causes: ['The selector is wrong.', 'The API reports a failure in an answer with a status of success.'],
    fixes: ['Change the selector in the settings of the resource.'],
  });
}

const where = (root: number, at: number): string =>
  root === at ? 'The answer is' : 'The last part that exists is';

function described(tape: JsonTape, token: number): string {
  switch (tape.kind(token)) {
    case tokenKinds.object: {
      const keys = keysOf(tape, token, maxKeys).map((key) => `“${cleanText(key, 60)}”`);
      return keys.length === 0 ? 'an object without keys.' : `an object with ${keys.join(', ')}.`;
    }
    case tokenKinds.array:
      return tape.closing(token) === token + 1 ? 'an empty list.' : 'a list.';
    default:
      return `${cleanText(rawTextOf(tape, token).slice(0, 200), 100)}.`;
  }
}
