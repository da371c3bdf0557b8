import { Button } from '@mantine/core';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { FactList } from '../../components/FactList.tsx';
import { Notice } from '../../components/Notice.tsx';
import { wizardText } from '../../text/wizard.ts';
import { useVault } from '../vault/index.ts';
import { reviewFacts } from './reviewFacts.ts';
import classes from './TestStep.module.css';
import { testVerdict } from './testProgress.ts';
import { useWizard, wizardActions } from './wizard.ts';

/** Last step: what will be saved, and what is known about it. */
export function ReviewStep() {
  const { form, test, saving } = useWizard();
  const mode = useVault((store) => store.status?.mode ?? null);
  const verdict = testVerdict(test, form);
  return (
    <div className={classes.step}>
      {saving.status === 'failed' && (
        <ErrorPanel
          error={saving.error}
          actions={
            <Button variant="default" onClick={() => wizardActions().goTo('details')}>
              {wizardText.editDetails}
            </Button>
          }
        />
      )}
      <Notice tone={verdict === 'passed' ? 'success' : 'warning'}>{wizardText.verdict[verdict]}</Notice>
      <FactList facts={reviewFacts(form, mode)} />
    </div>
  );
}
