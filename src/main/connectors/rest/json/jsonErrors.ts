import { AppError } from '../../../base/AppError.ts';

/** Characters of an answer that are shown on both sides of what is wrong in it. */
const shownLength = 30;

const inRecord = (recordNumber: number | null): string =>
  recordNumber === null ? '' : ` in record ${recordNumber}`;

/** @param recordNumber of the line of NDJSON, from 1; null for a document */
export function invalidJson(bytes: Buffer, position: number, recordNumber: number | null): AppError {
  const before = bytes.toString('utf8', Math.max(0, position - shownLength), position);
  const after = bytes.toString('utf8', position, position + shownLength);
  return new AppError('PROTOCOL_ERROR', {
    title: 'The answer is not valid JSON',
    detail: `At byte ${position + 1}${inRecord(recordNumber)}: “${before}⟨here⟩${after}”.`,
    causes: ['The API answers in another format.', 'The API, or a proxy on the way, has an error.'],
    fixes: ['Send the request in a request tab and look at the raw answer.'],
  });
}

export function cutOff(byteCount: number, recordNumber: number | null): AppError {
  return new AppError('PROTOCOL_ERROR', {
    title: `The answer is cut off${inRecord(recordNumber)}`,
    detail: `It ends after ${byteCount} bytes, before its JSON is complete.`,
    causes: ['The API or a proxy closed the connection too early.'],
    fixes: ['Try again, or ask for smaller pages.'],
  });
}

export const tooDeep = (maxDepth: number): AppError =>
  new AppError('TOO_LARGE', {
    title: 'The answer is nested too deeply',
    detail: `The limit is ${maxDepth} levels.`,
  });

export const tooManyValues = (): AppError =>
  new AppError('TOO_LARGE', {
    title: 'The answer contains too many values',
    detail: 'The limit is 32 million values in one answer.',
    fixes: ['Ask for smaller pages.'],
  });

/** @param position of the first byte that is wrong, about */
export const invalidUtf8 = (position: number): AppError =>
  new AppError('PROTOCOL_ERROR', {
    title: 'The answer is not valid UTF-8',
    detail: `JSON is written in UTF-8. The first invalid byte is near byte ${position + 1}.`,
    causes: ['The API writes another encoding without saying so.'],
    fixes: ['Ask the operator of the API to name the encoding in the Content-Type header.'],
  });
