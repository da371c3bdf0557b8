import type { RunningApp } from './launchApp.ts';

/** The questions that main asks are answered with yes or no from now on; what was asked is kept in `asked`. */
export async function answerQuestions({ app }: RunningApp, answer: 'yes' | 'no'): Promise<void> {
  await app.evaluate(
    ({ dialog }, response) => {
      const asked: string[] = [];
      Object.assign(globalThis, { asked });
      // Electron gives the window first, where there is one.
      dialog.showMessageBox = async (...args: unknown[]) => {
        asked.push((args.at(-1) as Electron.MessageBoxOptions).message);
        return { response, checkboxChecked: false };
      };
    },
    answer === 'yes' ? 0 : 1,
  );
}

/** What main has asked since `answerQuestions`. */
export function questionsAsked({ app }: RunningApp): Promise<string[]> {
  return app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
}
