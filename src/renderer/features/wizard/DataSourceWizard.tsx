import { Modal, Stepper } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { SavedDataSource } from '../../../shared/model/dataSource.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { useStepFocus } from '../../lib/useStepFocus.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { wizardText } from '../../text/wizard.ts';
import { useVaultDialogOpen } from '../vault/index.ts';
import classes from './DataSourceWizard.module.css';
import { DetailsStep } from './DetailsStep.tsx';
import { KindStep } from './KindStep.tsx';
import { ReviewStep } from './ReviewStep.tsx';
import { TestStep } from './TestStep.tsx';
import { WizardFooter } from './WizardFooter.tsx';
import { ShownWizardContext, useWizard, wizardActions, wizardStore } from './wizard.ts';
import { type WizardState, type WizardStep, wizardSteps } from './wizardState.ts';

interface DataSourceWizardProps {
  /** Called once the data source is saved and the wizard has closed. */
  readonly onSaved: (saved: SavedDataSource) => void;
}

const stepContent: Record<WizardStep, () => React.JSX.Element> = {
  kind: KindStep,
  details: DetailsStep,
  test: TestStep,
  review: ReviewStep,
};

function goToIndex(index: number): void {
  const step = wizardSteps[index];
  if (step !== undefined) wizardActions().goTo(step);
}

/** Ctrl+Enter tests, wherever in the window the focus is. */
function useTestShortcut(): void {
  useHotkeys(
    [
      [
        'mod+Enter',
        () => {
          const { wizard, goTo, runTest } = wizardActions();
          if (wizard?.step === 'details') goTo('test');
          if (wizard?.step === 'test') void runTest();
        },
      ],
    ],
    [],
  );
}

function WizardSteps({ wizard }: { wizard: WizardState }) {
  const active = wizardSteps.indexOf(wizard.step);
  const kindIsFixed = wizard.original !== null;
  return (
    <Stepper
      active={active}
      onStepClick={goToIndex}
      size="xs"
      iconSize={24}
      className={classes.steps}
      wrap={false}
    >
      {wizardSteps.map((step, index) => (
        <Stepper.Step
          key={step}
          label={wizardText.steps[step]}
          allowStepSelect={index < active && !(step === 'kind' && kindIsFixed)}
          aria-current={index === active ? 'step' : undefined}
        />
      ))}
    </Stepper>
  );
}

function WizardLayout({ onSaved }: DataSourceWizardProps) {
  const wizard = useWizard();
  const ref = useStepFocus(`${wizard.step} ${wizard.demo.status}`);
  const Content = stepContent[wizard.step];
  return (
    <div ref={ref} className={classes.layout}>
      <WizardSteps wizard={wizard} />
      <div className={classes.content}>
        <Content />
      </div>
      <WizardFooter onSaved={onSaved} />
    </div>
  );
}

function titleOf(wizard: WizardState | null): string {
  if (wizard === null || wizard.original === null) return wizardText.newTitle;
  return wizardText.editTitle(wizard.original.dataSource.name);
}

/** The window in which data sources are added and edited: kind, details, test, save. */
export function DataSourceWizard({ onSaved }: DataSourceWizardProps) {
  const wizard = useStore(wizardStore, (store) => store.wizard);
  const [shown, setShown] = useState(wizard);
  if (wizard !== null && wizard !== shown) setShown(wizard);
  const vaultAsks = useVaultDialogOpen();
  useTestShortcut();
  const { requestClose, keepEditing, close } = wizardActions();
  const asking = wizard?.askingToDiscard ?? false;
  return (
    <ShownWizardContext value={shown}>
      <Modal
        opened={wizard !== null}
        onClose={requestClose}
        onExitTransitionEnd={() => setShown(null)}
        closeOnClickOutside={false}
        closeOnEscape={!asking && !vaultAsks}
        closeButtonProps={{ 'aria-label': vocabulary.close }}
        title={titleOf(shown)}
        size={760}
        padding={0}
        classNames={{
          content: classes.window,
          header: classes.header,
          title: classes.title,
          body: classes.body,
        }}
      >
        {shown !== null && <WizardLayout onSaved={onSaved} />}
      </Modal>
      <ConfirmDialog
        opened={asking}
        title={wizardText.discardTitle}
        message={wizardText.discardMessage}
        confirmLabel={wizardText.discard}
        cancelLabel={wizardText.keepEditing}
        onConfirm={close}
        onCancel={keepEditing}
      />
    </ShownWizardContext>
  );
}
