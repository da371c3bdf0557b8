import { Anchor, Button, Input, Loader } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { formatMoment } from '../../lib/format.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { wizardText } from '../../text/wizard.ts';
import type { EngineFieldProps } from './fieldProps.ts';
import classes from './SignInField.module.css';
import { useWizard, wizardActions } from './wizard.ts';
import { movesStoredSecret, secretOf, type WizardForm } from './wizardForm.ts';
import { type WizardState, wantsSecret } from './wizardState.ts';

const words = wizardText.signIn;

function stateText(form: WizardForm, field: string): string {
  const { stored, obtained = null } = secretOf(form, field);
  if (obtained !== null) {
    return obtained.expiresAt === null ? words.done : words.doneUntil(formatMoment(obtained.expiresAt));
  }
  if (stored === 'keep') return words.stored;
  return stored === 'drop' ? words.dropped : words.none;
}

const isSignedIn = (form: WizardForm, field: string): boolean => {
  const { stored, obtained = null } = secretOf(form, field);
  return obtained !== null || stored === 'keep';
};

/** What becomes of the stored sign-in. */
function StoredFate({ wizard, field }: { wizard: WizardState; field: string }) {
  const { stored, obtained = null } = secretOf(wizard.form, field);
  if (stored === 'none' || obtained !== null) return null;
  const isDropped = stored === 'drop';
  return (
    <>
      {!isDropped && movesStoredSecret(wizard.form, wizard.original) && `${wizardText.secret.moves} `}
      <Anchor
        component="button"
        type="button"
        size="sm"
        onClick={() => wizardActions().setSecret(field, { stored: isDropped ? 'keep' : 'drop' })}
      >
        {isDropped ? words.keep : words.drop}
      </Anchor>
    </>
  );
}

/** A secret that the server gives when the person signs in there. The window never sees it. */
export function SignInField({ field: { key }, text, style }: EngineFieldProps) {
  const wizard = useWizard();
  const { signIn, cancelSignIn } = wizardActions();
  const { status } = wizard.signIn;
  const isRunning = status === 'running';
  const isAgain = isSignedIn(wizard.form, key);
  return (
    <div style={style}>
      <Input.Label component="div">{text.label}</Input.Label>
      <div className={classes.line}>
        <Button
          size="xs"
          variant="default"
          leftSection={isRunning ? <Loader size={12} /> : <IconExternalLink size={14} />}
          onClick={isRunning ? cancelSignIn : () => void signIn()}
        >
          {isRunning ? vocabulary.cancel : isAgain ? words.again : words.start}
        </Button>
        <span role="status">{isRunning ? words.running : stateText(wizard.form, key)}</span>
        <StoredFate wizard={wizard} field={key} />
      </div>
      {wantsSecret(wizard, key) && <Input.Error>{words.wanted}</Input.Error>}
      {wizard.signIn.status === 'failed' && <ErrorPanel error={wizard.signIn.error} />}
    </div>
  );
}
