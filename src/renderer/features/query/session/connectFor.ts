import type { ErrorDto } from '../../../../shared/errors/errorDto.ts';
import type { DataSourceId } from '../../../../shared/model/ids.ts';
import { connectionsStore } from '../../connections/index.ts';

/** States in which main lends a connection, or says itself why not. */
const usable: readonly string[] = ['ready', 'degraded', 'reconnecting', 'open-circuit'];

const stateOf = (id: DataSourceId) => connectionsStore.getState().states[id];

/**
 * Connects a data source that is not, with all questions that this takes.
 * @returns whether it can be used now
 */
export async function connectFor(id: DataSourceId, report: (error: ErrorDto) => void): Promise<boolean> {
  if (usable.includes(stateOf(id)?.status ?? 'idle')) return true;
  await connectionsStore.getState().connect(id);
  const state = stateOf(id);
  if (state !== undefined && usable.includes(state.status)) return true;
  // A question for the password stands on the screen already.
  if (state?.status === 'failed' && state.reason.code !== 'PASSWORD_REQUIRED') report(state.reason);
  return false;
}
