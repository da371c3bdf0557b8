import { Modal } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import type { FormEvent } from 'react';
import { useStore } from 'zustand';
import type { SavedDataSource } from '../../../shared/model/dataSource.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { takeFocus } from '../../lib/takeFocus.ts';
import { useLastShown } from '../../lib/useLastShown.ts';
import { useStepFocus } from '../../lib/useStepFocus.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { wizardText } from '../../text/wizard.ts';
import { useVaultDialogOpen } from '../vault/index.ts';
import classes from './DataSourceWizard.module.css';
import { DetailsStep } from './DetailsStep.tsx';
import { KindStep } from './KindStep.tsx';
import { OutcomePanel } from './OutcomePanel.tsx';
import { ProgressSteps } from './ProgressSteps.tsx';
import { WizardErrorActions } from './WizardErrorActions.tsx';
import { WizardFooter } from './WizardFooter.tsx';
import { ShownWizardContext, useWizard, wizardActions, wizardStore } from './wizard.ts';
import { type AfterSave, usualSave, type WizardState } from './wizardState.ts';

interface DataSourceWizardProps {
  /** Called once the data source is saved and the wizard has closed. */
  readonly onSaved: (saved: SavedDataSource, then: AfterSave) => void;
  /** Called once the wizard has closed for a file with data sources. */
  readonly onImport: () => void;
}

interface WizardLayoutProps {
  readonly onSave: (then: AfterSave) => void;
  readonly onImport: () => void;
}

/** The details are a form: Enter in any of its fields saves. */
function WizardLayout({ onSave, onImport }: WizardLayoutProps) {
  const wizard = useWizard();
  const ref = useStepFocus<HTMLFormElement>(`${wizard.step} ${wizard.demo.status}`);
  const isKind = wizard.step === 'kind';
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!isKind) onSave(usualSave(wizard));
  };
  return (
    <form ref={ref} className={classes.layout} onSubmit={onSubmit} noValidate>
      <ProgressSteps />
      <div className={classes.content}>{isKind ? <KindStep onImport={onImport} /> : <DetailsStep />}</div>
      {!isKind && (
        <WizardErrorActions>
          <OutcomePanel />
        </WizardErrorActions>
      )}
      <WizardFooter usual={usualSave(wizard)} onSave={onSave} />
    </form>
  );
}

function titleOf(wizard: WizardState | null): string {
  if (wizard === null || wizard.original === null) return wizardText.newTitle;
  return wizardText.editTitle(wizard.original.dataSource.name);
}

/** The dialog in which data sources are added and edited: what to add first, then everything else in one place. */
export function DataSourceWizard({ onSaved, onImport }: DataSourceWizardProps) {
  const wizard = useStore(wizardStore, (store) => store.wizard);
  const { shown, forget } = useLastShown(wizard);
  const vaultAsks = useVaultDialogOpen();
  const { requestClose, keepEditing, close, save, runTest } = wizardActions();
  const asking = wizard !== null && (wizard.askingToDiscard || wizard.weakerMode !== null);
  const isInFront = wizard !== null && !asking && !vaultAsks;
  const saveAndTell = async (then: AfterSave) => {
    const saved = await save();
    if (saved !== null) onSaved(saved, then);
  };
  const importInstead = () => {
    close();
    onImport();
  };
  useHotkeys(
    isInFront && wizard.step === 'details'
      ? [
          ['mod+Enter', () => void runTest()],
          ['mod+S', () => void saveAndTell('keep')],
        ]
      : [],
    [],
  );
  return (
    <ShownWizardContext value={shown}>
      <Modal
        ref={takeFocus}
        opened={wizard !== null}
        onClose={requestClose}
        onExitTransitionEnd={forget}
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
        attributes={{ content: { 'data-step': shown?.step } }}
      >
        {shown !== null && (
          <WizardLayout onSave={(then) => void saveAndTell(then)} onImport={importInstead} />
        )}
      </Modal>
      <ConfirmDialog
        opened={wizard?.askingToDiscard ?? false}
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
