import { useDebouncedValue } from '@mantine/hooks';
import { useRef } from 'react';
import type { ErrorDto } from '../../../../shared/errors/errorDto.ts';
import { latestValue } from '../../../lib/loadable.ts';
import { useLoadable } from '../../../lib/useLoadable.ts';

/** Nobody types a next letter later than this. */
const patienceMs = 500;

interface PatientLoad<Value> {
  /** The last answer, also while the next one is on its way; null while there is nothing to ask. */
  readonly value: Value | null;
  readonly isLoading: boolean;
  readonly error: ErrorDto | null;
  readonly reload: () => void;
}

/**
 * Asks main about what is typed once the keys rest. What was answered before stays on the screen until the next answer.
 * @param key names what is asked; null asks nothing
 */
export function usePatientLoad<Value>(
  key: string | null,
  load: (signal: AbortSignal) => Promise<Value>,
): PatientLoad<Value> {
  const [settled] = useDebouncedValue(key, patienceMs);
  // What is not asked any more is not waited for.
  const { loadable, reload } = useLoadable(key === null ? null : settled, load);
  const last = useRef<Value | null>(null);
  const latest = latestValue(loadable);
  if (latest !== null) last.current = latest;
  if (key === null || loadable.status === 'failed') last.current = null;
  return {
    value: latest ?? last.current,
    isLoading: key !== null && (loadable.status === 'loading' || key !== settled),
    error: loadable.status === 'failed' && key === settled ? loadable.error : null,
    reload,
  };
}
