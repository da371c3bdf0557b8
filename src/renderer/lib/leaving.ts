import { call, onEvent } from './api.ts';

/** Hands over to main what was not kept yet, such as the last words of a text. */
type Keeper = () => Promise<unknown>;

const keepers = new Set<Keeper>();

/** @returns takes the keeper away again */
export function keepBeforeLeaving(keeper: Keeper): () => void {
  keepers.add(keeper);
  return () => void keepers.delete(keeper);
}

/** The newest begin: what the window remembers holds what they change. What fails is not kept, and main has logged why. */
async function keepAll(): Promise<void> {
  await Promise.allSettled([...keepers].toReversed().map((keep) => keep()));
}

/**
 * Keeps everything before the page goes: when main says that the app ends, it waits for the answer; when the page is
 * only closed, it does not.
 * @returns ends it
 */
export function followLeaving(): () => void {
  const keep = () => void keepAll();
  const stop = onEvent('app.leaving', async () => {
    await keepAll();
    call('app.pageReady', null).catch(() => undefined);
  });
  window.addEventListener('pagehide', keep);
  return () => {
    stop();
    window.removeEventListener('pagehide', keep);
  };
}
