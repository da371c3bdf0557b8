import { createStore } from 'zustand/vanilla';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { Arrangement } from '../../../shared/model/tabs.ts';
import type { call } from '../../lib/api.ts';
import { errorDtoOf } from '../../lib/errorText.ts';
import { noArrangement } from './arrangement.ts';

interface ArrangementPorts {
  readonly call: typeof call;
  readonly reportError: (error: ErrorDto) => void;
  /** What is to be forgotten before an arrangement is saved. */
  readonly tidied: (arrangement: Arrangement) => Arrangement;
}

interface ArrangementState {
  readonly arrangement: Arrangement;
  /** Reads what is saved. */
  readonly load: () => Promise<void>;
  /** Changes the arrangement and saves it. What was not read yet is read first, so that nothing saved is lost. */
  readonly change: (change: (arrangement: Arrangement) => Arrangement) => Promise<void>;
}

/** The folders, favourites and order of the data sources, as main keeps them. */
export function createArrangementStore({ call, reportError, tidied }: ArrangementPorts) {
  /** The read that counts; null when there was none, or it has failed. */
  let reading: Promise<void> | null = null;

  return createStore<ArrangementState>()((set, get) => {
    const read = (): Promise<void> => {
      const turn = call('tabs.arrangement', null).then((arrangement) => {
        if (reading === turn) set({ arrangement });
      });
      reading = turn;
      turn.catch(() => {
        if (reading === turn) reading = null;
      });
      return turn;
    };
    return {
      arrangement: noArrangement,
      // Without it all data sources stand in one list, by name; main has logged why.
      load: () => read().catch(() => undefined),
      async change(change) {
        try {
          await (reading ?? read());
          const before = get().arrangement;
          const after = change(before);
          if (after === before) return;
          set({ arrangement: after });
          await call('tabs.setArrangement', tidied(after));
        } catch (error) {
          reportError(errorDtoOf(error));
        }
      },
    };
  });
}
