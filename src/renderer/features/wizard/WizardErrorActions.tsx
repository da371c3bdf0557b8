import { type ReactNode, useMemo } from 'react';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { type ErrorActionRunner, ErrorActionsContext } from '../../components/errorActions.ts';
import { useLastShown } from '../../lib/useLastShown.ts';
import { engineText } from '../../text/engines/index.ts';
import { errorActionText } from '../../text/errorActions.ts';
import { canAct } from './errorActions.ts';
import { useWizard, wizardActions } from './wizard.ts';

/** What a TLS mode is called, and what it means. */
function useTlsWords(mode: string): { readonly label: string; readonly help: string } {
  const { form } = useWizard();
  const text = engineText(form.kind).fields.tlsMode;
  const words = text !== undefined && 'options' in text ? text.options[mode] : undefined;
  return { label: words?.label ?? mode, help: words?.help ?? '' };
}

/** Asks before the connection is protected less than now. Nobody gets there by one click alone. */
function WeakerModeQuestion() {
  const { weakerMode } = useWizard();
  const { shown, forget } = useLastShown(weakerMode ?? undefined);
  const { label, help } = useTlsWords(shown ?? '');
  const { confirmWeaker, keepTlsMode } = wizardActions();
  return (
    <ConfirmDialog
      opened={weakerMode !== null}
      title={errorActionText.weakerTitle(label)}
      message={help}
      confirmLabel={errorActionText.weakerConfirm}
      onConfirm={confirmWeaker}
      onCancel={keepTlsMode}
      onClosed={forget}
    />
  );
}

/** Lets the errors inside of the wizard offer what can be done about them on its form. */
export function WizardErrorActions({ children }: { readonly children: ReactNode }) {
  const wizard = useWizard();
  const runner = useMemo<ErrorActionRunner>(
    () => ({
      kind: wizard.form.kind,
      can: (action) => canAct(wizard, action),
      run: (action) => void wizardActions().act(action),
    }),
    [wizard],
  );
  return (
    <ErrorActionsContext value={runner}>
      {children}
      <WeakerModeQuestion />
    </ErrorActionsContext>
  );
}
