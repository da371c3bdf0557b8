import { errorDtoOf } from '../../lib/errorText.ts';
import { type TestProgress, withStage } from './testProgress.ts';
import { isCancelled, type WizardContext } from './wizardContext.ts';
import { draftOfForm } from './wizardForm.ts';
import { isComplete, withDetailsRefused } from './wizardState.ts';

export interface TestActions {
  /** Tests the form as it is now; a test that still runs is given up for it. */
  readonly runTest: () => Promise<void>;
  readonly cancelTest: () => void;
}

/** Runs connection tests, one at a time. The answer of a test that was given up is dropped. */
export function createTestActions({ call, onEvent, newCallId, current, update }: WizardContext): TestActions {
  let running: AbortController | null = null;

  const end = (abort: AbortController, test: TestProgress) => {
    if (running !== abort) return;
    running = null;
    update((state) => ({ ...state, test }));
  };

  const cancelTest = () => {
    running?.abort();
    running = null;
    update((state) => {
      if (state.test.status !== 'running') return state;
      const { form, stages } = state.test;
      return { ...state, test: { status: 'cancelled', form, stages } };
    });
  };

  const runTest = async () => {
    const state = current();
    if (state === null) return;
    if (!isComplete(state)) return update(withDetailsRefused);
    running?.abort();
    const abort = new AbortController();
    running = abort;
    const { form, original } = state;
    const callId = newCallId();
    update((latest) => ({ ...latest, test: { status: 'running', callId, form, stages: [] } }));
    const stopListening = onEvent('test.stage', (event) =>
      update((latest) => ({ ...latest, test: withStage(latest.test, event.callId, event.stage) })),
    );
    try {
      const draft = draftOfForm(form, original?.dataSource.id ?? null);
      const report = await call('dataSources.test', draft, { callId, signal: abort.signal });
      end(abort, { status: 'finished', form, report });
    } catch (error) {
      if (!isCancelled(error)) end(abort, { status: 'broken', form, error: errorDtoOf(error) });
      else if (running === abort) cancelTest();
    } finally {
      stopListening();
    }
  };

  return { runTest, cancelTest };
}
