import { Button, Tooltip } from '@mantine/core';
import type { SavedDataSource } from '../../../shared/model/dataSource.ts';
import { ShortcutHint } from '../../components/ShortcutHint.tsx';
import { vocabulary } from '../../text/vocabulary.ts';
import { wizardText } from '../../text/wizard.ts';
import { testVerdict } from './testProgress.ts';
import classes from './WizardFooter.module.css';
import { useWizard, wizardActions } from './wizard.ts';
import type { WizardState, WizardStep } from './wizardState.ts';

const previousStep: Record<WizardStep, WizardStep | null> = {
  kind: null,
  details: 'kind',
  test: 'details',
  review: 'test',
};

function backTarget({ step, original }: WizardState): WizardStep | null {
  // The kind of a data source that exists is not changed.
  return step === 'details' && original !== null ? null : previousStep[step];
}

function ForwardButton({ onSaved }: { onSaved: (saved: SavedDataSource) => void }) {
  const wizard = useWizard();
  const { goTo, save } = wizardActions();
  switch (wizard.step) {
    case 'kind':
      return null;
    case 'details':
      return (
        <Tooltip label={<ShortcutHint label={wizardText.goToTest} shortcut="Mod+Enter" />}>
          <Button onClick={() => goTo('test')}>{wizardText.goToTest}</Button>
        </Tooltip>
      );
    case 'test': {
      const verdict = testVerdict(wizard.test, wizard.form);
      const skip = verdict === 'failed' ? wizardText.continueAnyway : wizardText.skipTest;
      return (
        <Button variant={verdict === 'passed' ? 'filled' : 'default'} onClick={() => goTo('review')}>
          {verdict === 'passed' ? wizardText.next : skip}
        </Button>
      );
    }
    case 'review': {
      const saveAndTell = async () => {
        const saved = await save();
        if (saved !== null) onSaved(saved);
      };
      return (
        <Button loading={wizard.saving.status === 'saving'} onClick={() => void saveAndTell()} data-autofocus>
          {wizardText.save}
        </Button>
      );
    }
  }
}

/** The wizard's ways back, out and on. */
export function WizardFooter({ onSaved }: { onSaved: (saved: SavedDataSource) => void }) {
  const wizard = useWizard();
  const { goTo, requestClose } = wizardActions();
  const target = backTarget(wizard);
  return (
    <footer className={classes.footer}>
      {target !== null && (
        <Button variant="default" onClick={() => goTo(target)}>
          {wizardText.back}
        </Button>
      )}
      <span className={classes.space} />
      <Button variant="subtle" color="gray" onClick={requestClose}>
        {vocabulary.cancel}
      </Button>
      <ForwardButton onSaved={onSaved} />
    </footer>
  );
}
