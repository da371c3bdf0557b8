import { call } from './api.ts';

const maxMessageLength = 2_000;
const maxStackLength = 20_000;

/** Has main write down what failed in this window: it is the only place where it is found again. */
export function reportFailure(failure: unknown): void {
  const { message, stack = null } =
    failure instanceof Error ? failure : { message: String(failure), stack: null };
  const report = {
    message: message.slice(0, maxMessageLength),
    stack: stack?.slice(0, maxStackLength) ?? null,
  };
  // What cannot even be reported has no better place to go.
  call('log.windowFailed', report).catch(() => undefined);
}

/** Reports what nobody caught, until the page goes. */
export function followFailures(): void {
  // Chromium tells here that observers of sizes were called again in the next frame, which is no failure.
  window.addEventListener('error', ({ error }) => {
    if (error !== null && error !== undefined) reportFailure(error);
  });
  window.addEventListener('unhandledrejection', ({ reason }) => reportFailure(reason));
}
