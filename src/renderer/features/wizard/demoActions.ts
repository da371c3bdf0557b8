import { errorDtoOf } from '../../lib/errorText.ts';
import { isCancelled, type WizardContext } from './wizardContext.ts';
import { type DemoKind, type WizardState, withDemoReady } from './wizardState.ts';

export interface DemoActions {
  /** Prepares the demo server, or the API over it, fills the form from it and tests it. */
  readonly prepareDemo: (what?: DemoKind) => Promise<void>;
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
    async prepareDemo(what = 'database') {
      if (current() === null || running !== null) return;
      const abort = new AbortController();
      running = abort;
      show({ status: 'preparing', what });
      try {
        const options = { signal: abort.signal };
        const fields = await withVault(() =>
          what === 'api' ? call('demo.startApi', null, options) : call('demo.prepare', null, options),
        );
        if (running !== abort) return;
        running = null;
        update((state) => withDemoReady(state, fields));
        onReady();
      } catch (error) {
        if (running !== abort) return;
        running = null;
        show(
          isCancelled(error)
            ? { status: 'cancelled', what }
            : { status: 'failed', what, error: errorDtoOf(error) },
        );
      }
    },
    cancelDemo() {
      if (running === null) return;
      running.abort();
      running = null;
      const { demo } = current() ?? {};
      if (demo?.status === 'preparing') show({ status: 'cancelled', what: demo.what });
    },
  };
}
