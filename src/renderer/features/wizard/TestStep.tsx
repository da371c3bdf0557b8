import { Button, Text, Tooltip } from '@mantine/core';
import { IconCopy, IconRefresh } from '@tabler/icons-react';
import { useCopyText } from '../../components/Clipboard.tsx';
import { ShortcutHint } from '../../components/ShortcutHint.tsx';
import { addressText } from '../../lib/dataSourceText.ts';
import { formatDuration } from '../../lib/format.ts';
import { wizardText } from '../../text/wizard.ts';
import { StageList } from './StageList.tsx';
import { FailedResult, PassedResult } from './TestResult.tsx';
import classes from './TestStep.module.css';
import { stageRows, type TestProgress } from './testProgress.ts';
import { testReportText } from './testReportText.ts';
import { useWizard, wizardActions } from './wizard.ts';
import { draftOfForm } from './wizardForm.ts';

function headline(test: TestProgress): string {
  switch (test.status) {
    case 'idle':
    case 'running':
      return wizardText.testRunning;
    case 'cancelled':
      return wizardText.testCancelled;
    case 'broken':
      return test.error.title;
    case 'finished':
      return test.report.outcome === 'passed' ? wizardText.testPassed : test.report.error.title;
  }
}

function Result({ test }: { test: TestProgress }) {
  if (test.status === 'broken') return <FailedResult error={test.error} />;
  if (test.status !== 'finished') return null;
  const { report } = test;
  return report.outcome === 'passed' ? (
    <PassedResult report={report} host={test.form.host} />
  ) : (
    <FailedResult error={report.error} />
  );
}

function TestButtons({ test }: { test: TestProgress }) {
  const copyText = useCopyText();
  const { runTest, cancelTest } = wizardActions();
  if (test.status === 'running') {
    return (
      <Button variant="default" onClick={cancelTest}>
        {wizardText.testCancel}
      </Button>
    );
  }
  const copyReport = () => {
    if (test.status !== 'finished') return;
    const { fields } = draftOfForm(test.form, null);
    copyText(testReportText(test.report, fields.name, addressText(fields)));
  };
  return (
    <>
      {test.status === 'finished' && (
        <Button variant="subtle" color="gray" leftSection={<IconCopy size={14} />} onClick={copyReport}>
          {wizardText.copyReport}
        </Button>
      )}
      <Tooltip label={<ShortcutHint label={wizardText.testAgain} shortcut="Mod+Enter" />}>
        <Button variant="default" leftSection={<IconRefresh size={14} />} onClick={() => void runTest()}>
          {wizardText.testAgain}
        </Button>
      </Tooltip>
    </>
  );
}

/** Third step: the test as it runs, stage by stage, and what it found. */
export function TestStep() {
  const { test } = useWizard();
  return (
    // The step takes the focus when it is entered, so that its shortcut works and its news are read out.
    <div className={classes.step} tabIndex={-1} data-autofocus>
      <div className={classes.header}>
        <div className={classes.verdict} role="status">
          <Text component="h3" fw={600} truncate>
            {headline(test)}
          </Text>
          {test.status === 'finished' && (
            <Text className={classes.total}>{wizardText.testTotal(formatDuration(test.report.totalMs))}</Text>
          )}
        </div>
        <TestButtons test={test} />
      </div>
      <StageList rows={stageRows(test)} />
      <Result test={test} />
    </div>
  );
}
