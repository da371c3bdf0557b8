import { type BaseWindow, dialog, type MessageBoxOptions } from 'electron';
import { AppError } from '../base/AppError.ts';
import type { Question } from '../base/Question.ts';

/** The dialogs of the operating system, at most one at a time: a page in a loop cannot bury the window under them. */
export class SystemDialogs {
  readonly #parent: () => BaseWindow | null;
  #isOpen = false;

  /** @param parent the window that dialogs stand in front of; null while there is none */
  constructor(parent: () => BaseWindow | null) {
    this.#parent = parent;
  }

  /** Implements `Ask`. The safe button is what Enter, Escape, closing it and the signal choose. */
  async ask(
    { question, detail, confirmLabel, keepLabel = 'Cancel' }: Question,
    signal: AbortSignal,
  ): Promise<boolean> {
    // A dialog whose signal has aborted already would still open.
    if (signal.aborted) return false;
    const options: MessageBoxOptions = {
      type: 'question',
      message: question,
      detail,
      buttons: [confirmLabel, keepLabel],
      defaultId: 1,
      cancelId: 1,
      noLink: true,
      signal,
    };
    const { response } = await this.show((parent) =>
      parent === null ? dialog.showMessageBox(options) : dialog.showMessageBox(parent, options),
    );
    return response === 0 && !signal.aborted;
  }

  /**
   * Opens a dialog unless one is open.
   * @throws QUESTION_OPEN
   */
  async show<Answer>(open: (parent: BaseWindow | null) => Promise<Answer>): Promise<Answer> {
    if (this.#isOpen) throw questionOpen();
    this.#isOpen = true;
    try {
      return await open(this.#parent());
    } finally {
      this.#isOpen = false;
    }
  }
}

function questionOpen(): AppError {
  return new AppError('QUESTION_OPEN', {
    title: 'Another dialog is open',
    detail: 'Mooring opens one dialog at a time.',
    fixes: ['Answer or close the open dialog, then try again.'],
    retryable: true,
  });
}
