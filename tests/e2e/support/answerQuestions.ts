import type { RunningApp } from './launchApp.ts';

/** From now on main's questions answer by themselves, with yes or with Cancel. */
export async function answerQuestions({ app }: RunningApp, answer: boolean): Promise<void> {
  await app.evaluate(
    ({ dialog }, response) => {
      const asked: string[] = [];
      dialog.showMessageBox = async (...given: unknown[]) => {
        const options = given.at(-1) as { message: string; detail?: string };
        asked.push(`${options.message}\n${options.detail ?? ''}`);
        return { response, checkboxChecked: false };
      };
      Object.assign(globalThis, { asked });
    },
    answer ? 0 : 1,
  );
}

/** What main has asked since `answerQuestions`, each question with its detail. */
export function askedQuestions({ app }: RunningApp): Promise<string[]> {
  return app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
}
