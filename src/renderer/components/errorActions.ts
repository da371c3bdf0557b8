import { createContext, useContext } from 'react';
import type { EngineKind } from '../../shared/engines/settings.ts';
import type { ErrorAction } from '../../shared/errors/errorActions.ts';
import type { ErrorDto } from '../../shared/errors/errorDto.ts';

/** What can be done about an error in this part of the window. */
export interface ErrorActionRunner {
  /** The engine of the data source that errors here are about. */
  readonly kind: EngineKind;
  readonly can: (action: ErrorAction) => boolean;
  readonly run: (action: ErrorAction) => void;
}

/** Null where nothing is known of a data source. */
export const ErrorActionsContext = createContext<ErrorActionRunner | null>(null);

/** More buttons than these would be a choice, not help. */
const maxButtons = 2;

/** The actions of an error that can be done here, the most probable one first, with who does them. */
export function useOwnActions(error: ErrorDto): {
  readonly runner: ErrorActionRunner | null;
  readonly actions: readonly ErrorAction[];
} {
  const runner = useContext(ErrorActionsContext);
  const actions = runner === null ? [] : (error.actions ?? []).filter(runner.can).slice(0, maxButtons);
  return { runner, actions };
}
