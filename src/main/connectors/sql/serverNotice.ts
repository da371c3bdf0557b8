import type { Notice } from '../../../shared/model/query.ts';

const maxSeverityLength = 40;
const maxCodeLength = 10;

/** What a server sent as a notice, in the lengths that the contract allows. */
export function serverNotice({ severity, code, ...words }: Notice): Notice {
  return {
    ...words,
    severity: severity.slice(0, maxSeverityLength),
    code: code?.slice(0, maxCodeLength) ?? null,
  };
}
