import { Button, Tooltip } from '@mantine/core';
import { ShortcutHint } from '../../components/ShortcutHint.tsx';
import { vocabulary } from '../../text/vocabulary.ts';
import { wizardText } from '../../text/wizard.ts';
import classes from './WizardFooter.module.css';
import { useWizard, wizardActions } from './wizard.ts';
import type { AfterSave } from './wizardState.ts';

/** Runs the test or gives it up: one button, so that the focus stays where it is. */
function TestButton() {
  const { test } = useWizard();
  const { runTest, cancelTest } = wizardActions();
  const isRunning = test.status === 'running';
  return (
    <Tooltip label={<ShortcutHint label={wizardText.test} shortcut="Mod+Enter" />} disabled={isRunning}>
      <Button variant="default" onClick={isRunning ? cancelTest : () => void runTest()}>
        {isRunning ? wizardText.testCancel : wizardText.test}
      </Button>
    </Tooltip>
  );
}

interface WizardFooterProps {
  /** What Enter does, and so which of the two buttons stands out. */
  readonly usual: AfterSave;
  readonly onSave: (then: AfterSave) => void;
}

/** Both ways to save. Neither waits for a test. */
function SaveButtons({ usual, onSave }: WizardFooterProps) {
  const { saving } = useWizard();
  const isSaving = saving.status === 'saving';
  const propsFor = (then: AfterSave) =>
    then === usual
      ? ({ type: 'submit', variant: 'filled', loading: isSaving } as const)
      : ({ variant: 'default', disabled: isSaving, onClick: () => onSave(then) } as const);
  return (
    <>
      <Tooltip label={<ShortcutHint label={wizardText.save} shortcut="Mod+S" />}>
        <Button {...propsFor('keep')}>{wizardText.save}</Button>
      </Tooltip>
      <Button {...propsFor('connect')}>{wizardText.saveAndConnect}</Button>
    </>
  );
}

/** The wizard's ways back, out and on. */
export function WizardFooter({ usual, onSave }: WizardFooterProps) {
  const { step, original } = useWizard();
  const { showKinds, requestClose } = wizardActions();
  const isKind = step === 'kind';
  return (
    <footer className={classes.footer}>
      {!isKind && original === null && (
        <Button variant="subtle" color="gray" onClick={showKinds}>
          {wizardText.back}
        </Button>
      )}
      {!isKind && <TestButton />}
      <span className={classes.space} />
      <Button variant="subtle" color="gray" onClick={requestClose}>
        {vocabulary.cancel}
      </Button>
      {!isKind && <SaveButtons usual={usual} onSave={onSave} />}
    </footer>
  );
}
