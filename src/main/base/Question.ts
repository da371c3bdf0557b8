import { cancelledError } from './AppError.ts';

/** A question for the person at the computer. */
export interface Question {
  /** Such as `Copy the connection URL with its password?` */
  readonly question: string;
  /** What it means and what happens then. */
  readonly detail: string;
  /** The button that does it, such as `Copy with password`. The other one is always the default. */
  readonly confirmLabel: string;
  /** The button that leaves everything as it is; “Cancel” when absent. */
  readonly keepLabel?: string;
}

/**
 * Asks the person in a dialog of the operating system, which no page can draw over or answer. Resolves to false for
 * Cancel, and when the signal aborts.
 * @throws QUESTION_OPEN while another dialog is open
 */
export type Ask = (question: Question, signal: AbortSignal) => Promise<boolean>;

/** @throws CANCELLED when the person does not want to; QUESTION_OPEN */
export async function requireConsent(ask: Ask, question: Question, signal: AbortSignal): Promise<void> {
  if (!(await ask(question, signal))) throw cancelledError();
}
