import { AnswerMemory } from './AnswerMemory.ts';
import { ReadingTurn } from './ReadingTurn.ts';

/** What all connections of the process share, whichever engine they are of. */
export class ProcessLimits {
  readonly memory = new AnswerMemory();
  readonly turn = new ReadingTurn();
}
