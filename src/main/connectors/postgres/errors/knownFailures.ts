import type { KnownFailure } from '../../sql/knownFailure.ts';
import { definitionFailures } from './known/definitionFailures.ts';
import { limitFailures } from './known/limitFailures.ts';
import { nameFailures } from './known/nameFailures.ts';
import { ruleFailures } from './known/ruleFailures.ts';
import { transactionFailures } from './known/transactionFailures.ts';
import { valueFailures } from './known/valueFailures.ts';

/** What is known of failures of statements, by SQLSTATE. */
export const knownFailures: ReadonlyMap<string, KnownFailure> = new Map([
  ...nameFailures,
  ...valueFailures,
  ...ruleFailures,
  ...transactionFailures,
  ...definitionFailures,
  ...limitFailures,
]);
