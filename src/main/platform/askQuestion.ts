import { type BaseWindow, dialog, type MessageBoxOptions } from 'electron';

export interface Question {
  /** Such as `Copy the connection URL with its password?` */
  readonly question: string;
  /** What it means. */
  readonly detail: string;
  /** The button that does it, such as `Copy with Password`. */
  readonly confirmLabel: string;
}

/**
 * Asks in a dialog of the system, in front of the window, that no page can draw over or answer. Cancel is what Enter,
 * Escape, closing it and the signal choose.
 */
export async function askQuestion(
  parent: BaseWindow | null,
  { question, detail, confirmLabel }: Question,
  signal: AbortSignal,
): Promise<boolean> {
  // A dialog whose signal has aborted already would still open.
  if (signal.aborted) return false;
  const options: MessageBoxOptions = {
    type: 'question',
    message: question,
    detail,
    buttons: [confirmLabel, 'Cancel'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
    signal,
  };
  const { response } = await (parent === null
    ? dialog.showMessageBox(options)
    : dialog.showMessageBox(parent, options));
  return response === 0 && !signal.aborted;
}
