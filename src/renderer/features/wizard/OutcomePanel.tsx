import { Text } from '@mantine/core';
import { useEffect } from 'react';
import { addressTextOf, endpointOf } from '../../../shared/engines/engines.ts';
import { isLoopback } from '../../../shared/model/tlsDefault.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { formatDuration } from '../../lib/format.ts';
import { engineText } from '../../text/engines/index.ts';
import { wizardText } from '../../text/wizard.ts';
import { DatabaseChoice } from './DatabaseChoice.tsx';
import classes from './OutcomePanel.module.css';
import { StageList } from './StageList.tsx';
import { PassedFacts, PassedPreview } from './TestResult.tsx';
import { stageRows, type TestProgress, testVerdict } from './testProgress.ts';
import { previewNouns, testReportText } from './testReportText.ts';
import { useWizard } from './wizard.ts';
import { draftOfForm, type WizardForm } from './wizardForm.ts';

type StartedTest = Exclude<TestProgress, { status: 'idle' }>;

function headline(test: StartedTest): string {
  switch (test.status) {
    case 'running':
      return wizardText.testRunning;
    case 'cancelled':
      return wizardText.testCancelled;
    case 'broken':
      return wizardText.testNotRun;
    case 'finished':
      return test.report.outcome === 'passed' ? wizardText.testPassed : wizardText.testFailed;
  }
}

type FinishedTest = Extract<TestProgress, { status: 'finished' }>;

const stagesOf = ({ kind, values }: WizardForm) => engineText(kind).stages(values);

function reportOf({ form, report }: FinishedTest): string {
  const { fields } = draftOfForm(form, null);
  return testReportText(
    report,
    { name: fields.name, address: addressTextOf(fields.engine) },
    { kind: form.kind, stages: stagesOf(form), nouns: previewNouns(form.kind) },
  );
}

/** Whether the way that was tested never leaves this computer. */
function staysHere(form: WizardForm): boolean {
  const { place, otherPlaces = [] } = endpointOf(draftOfForm(form, null).fields.engine);
  return 'socketPath' in place || [place, ...otherPlaces].every(({ host }) => isLoopback(host));
}

function Finding({ test }: { test: StartedTest }) {
  if (test.status === 'broken') return <ErrorPanel error={test.error} />;
  if (test.status !== 'finished') return null;
  const { report } = test;
  if (report.outcome === 'failed') return <ErrorPanel error={report.error} />;
  return <PassedFacts report={report} kind={test.form.kind} staysHere={staysHere(test.form)} />;
}

/** The test as it runs, stage by stage, and what it found. */
function TestOutcome({ test }: { test: StartedTest }) {
  const { form } = useWizard();
  const isOutdated = testVerdict(test, form) === 'outdated';
  const stages = stagesOf(test.form);
  return (
    <>
      <div className={classes.header}>
        <div className={classes.verdict} role="status">
          <Text component="h3" fw={600} truncate>
            {headline(test)}
          </Text>
          {test.status === 'finished' && (
            <Text className={classes.aside}>{wizardText.testTotal(formatDuration(test.report.totalMs))}</Text>
          )}
          {isOutdated && <Text className={classes.aside}>{wizardText.testOutdated}</Text>}
        </div>
        {test.status === 'finished' && (
          <CopyButton size="xs" label={wizardText.copyReport} text={() => reportOf(test)} />
        )}
      </div>
      <div className={classes.columns}>
        <div className={classes.column}>
          <StageList rows={stageRows(test, Object.keys(stages))} labels={stages} />
          {test.status === 'finished' && test.report.outcome === 'passed' && (
            <PassedPreview preview={test.report.preview} nouns={previewNouns(test.form.kind)} />
          )}
        </div>
        <div className={classes.column}>
          <DatabaseChoice />
          <Finding test={test} />
        </div>
      </div>
    </>
  );
}

/** What came of testing or saving, below the fields: the input and its result are seen together. */
export function OutcomePanel() {
  const { databases, test, saving } = useWizard();
  const isAsked = databases.status !== 'idle';
  const isShown = saving.status === 'failed' || test.status !== 'idle' || isAsked;
  useEffect(() => {
    // It takes room from the fields: the one with the focus stays in view.
    if (isShown) document.activeElement?.scrollIntoView({ block: 'nearest' });
  }, [isShown]);
  if (!isShown) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long result must be scrollable by keyboard
    <section className={classes.panel} aria-label={wizardText.outcome} tabIndex={0}>
      {saving.status === 'failed' && <ErrorPanel error={saving.error} />}
      {test.status === 'idle' ? <DatabaseChoice /> : <TestOutcome test={test} />}
    </section>
  );
}
