import { errorDtoOf } from '../../lib/errorText.ts';
import { isCancelled, type WizardContext } from './wizardContext.ts';
import { type WizardState, withDemoReady } from './wizardState.ts';

export interface DemoActions {
  /** Prepares the demo server, fills the form from it and tests it. */
  readonly prepareDemo: () => Promise<void>;
  readonly cancelDemo: () => void;
}

/** Prepares the demo database. The answer of a preparation that was given up is dropped. */
export function createDemoActions(
  { call, withVault, current, update }: WizardContext,
  onReady: () => void,
): DemoActions {
  let running: AbortController | null = null;
  const show = (demo: WizardState['demo']) => update((state) => ({ ...state, demo }));

  return {
    async prepareDemo() {
      if (current() === null || running !== null) return;
      const abort = new AbortController();
      running = abort;
      show({ status: 'preparing' });
      try {
        const fields = await withVault(() => call('demo.prepare', null, { signal: abort.signal }));
        if (running !== abort) return;
        running = null;
        update((state) => withDemoReady(state, fields));
        onReady();
      } catch (error) {
        if (running !== abort) return;
        running = null;
        show(isCancelled(error) ? { status: 'cancelled' } : { status: 'failed', error: errorDtoOf(error) });
      }
    },
    cancelDemo() {
      if (running === null) return;
      running.abort();
      running = null;
      show({ status: 'cancelled' });
    },
  };
}
