import type { KnownFailure } from '../../sql/knownFailure.ts';
import { definitionMistakes } from './known/definitionMistakes.ts';
import { mistakes } from './known/mistakes.ts';
import { obstacles } from './known/obstacles.ts';
import { programMistakes } from './known/programMistakes.ts';
import { queryMistakes } from './known/queryMistakes.ts';
import { serverObstacles } from './known/serverObstacles.ts';

/** What is known of failures of statements, by the number of the server. */
export const knownFailures: ReadonlyMap<number, KnownFailure> = new Map([
  ...mistakes,
  ...obstacles,
  ...queryMistakes,
  ...definitionMistakes,
  ...programMistakes,
  ...serverObstacles,
]);
