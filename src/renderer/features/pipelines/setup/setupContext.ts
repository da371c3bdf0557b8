import { createContext, useContext } from 'react';
import type { PipelineId } from '../../../../shared/model/pipelines.ts';
import { setupText } from '../../../text/pipelineSetup.ts';
import type { Fault, Field, Step } from './form/checkForm.ts';
import type { PipelineForm } from './form/pipelineForm.ts';
import type { ShapeControl } from './useShape.ts';

/** What the steps share. */
export interface Setup {
  readonly form: PipelineForm;
  /** All that is wrong with the form. */
  readonly faults: readonly Fault[];
  readonly change: (change: Partial<PipelineForm>) => void;
  /** Of the saved pipeline; null for a new one. */
  readonly pipelineId: PipelineId | null;
  /** Steps whose faults are told: those that somebody wanted to leave. */
  readonly told: ReadonlySet<Step>;
  readonly shape: ShapeControl;
  readonly isShown: boolean;
}

export const SetupContext = createContext<Setup | null>(null);

export function useSetup(): Setup {
  const setup = useContext(SetupContext);
  if (setup === null) throw new Error('A step stands outside of its set-up');
  return setup;
}

/** What is wrong with a field, once it may be told; null when nothing is. */
export function useFault(field: Field): string | null {
  const { faults, told } = useSetup();
  const found = faults.find((fault) => fault.field === field && told.has(fault.step));
  return found === undefined ? null : setupText.faults[found.fault];
}
