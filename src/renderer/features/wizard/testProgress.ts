import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { CallId } from '../../../shared/model/ids.ts';
import type { Stage, TestReport } from '../../../shared/model/testReport.ts';
import type { WizardForm } from './wizardForm.ts';

/** Where the connection test stands. `form` is what was tested: a later edit makes the result old. */
export type TestProgress =
  | { status: 'idle' }
  | { status: 'running'; callId: CallId; form: WizardForm; stages: readonly Stage[] }
  | { status: 'cancelled'; form: WizardForm; stages: readonly Stage[] }
  | { status: 'finished'; form: WizardForm; report: TestReport }
  /** The test itself could not be run: main refused or failed before it reached the server. */
  | { status: 'broken'; form: WizardForm; error: ErrorDto };

/** A stage of the list on the screen; `waiting` ones have not begun. */
export type StageRow = Omit<Stage, 'outcome'> & { outcome: Stage['outcome'] | 'waiting' | 'stopped' };

/** Takes a stage's news in. A stage told again replaces what was known of it. */
export function withStage(progress: TestProgress, callId: CallId, stage: Stage): TestProgress {
  if (progress.status !== 'running' || progress.callId !== callId) return progress;
  const others = progress.stages.filter((known) => known.name !== stage.name);
  return { ...progress, stages: [...others, stage] };
}

function stagesOf(progress: TestProgress): readonly Stage[] {
  if (progress.status === 'running' || progress.status === 'cancelled') return progress.stages;
  return progress.status === 'finished' ? progress.report.stages : [];
}

/**
 * All stages in their order, so that the list keeps its shape while the test runs.
 * @param expected the names of those that a whole test has; others follow as they come
 */
export function stageRows(progress: TestProgress, expected: readonly string[]): StageRow[] {
  const known = new Map(stagesOf(progress).map((stage) => [stage.name, stage]));
  return [...new Set([...expected, ...known.keys()])].map((name) => {
    const stage = known.get(name);
    if (stage === undefined) return { name, outcome: 'waiting', durationMs: null, note: null };
    const stopped = stage.outcome === 'running' && progress.status !== 'running';
    return stopped ? { ...stage, outcome: 'stopped' } : stage;
  });
}

/** What the test says about exactly this form. */
export function testVerdict(
  progress: TestProgress,
  form: WizardForm,
): 'passed' | 'failed' | 'outdated' | 'untested' {
  if (progress.status === 'finished' && progress.form !== form) return 'outdated';
  if (progress.status === 'finished') return progress.report.outcome;
  return progress.status === 'broken' && progress.form === form ? 'failed' : 'untested';
}
