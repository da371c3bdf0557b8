import { Button, Input, Loader } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { formatMoment } from '../../lib/format.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { wizardText } from '../../text/wizard.ts';
import type { EngineFieldProps } from './fieldProps.ts';
import { KeepOrDrop } from './KeepOrDrop.tsx';
import classes from './SignInField.module.css';
import { useWizard, wizardActions } from './wizard.ts';
import { secretOf, type WizardForm } from './wizardForm.ts';
import { wantsSecret } from './wizardState.ts';

const words = wizardText.signIn;

function stateText(form: WizardForm, field: string): string {
  const { stored, obtained = null } = secretOf(form, field);
  if (obtained !== null) {
    return obtained.expiresAt === null ? words.done : words.doneUntil(formatMoment(obtained.expiresAt));
  }
  if (stored === 'keep') return words.stored;
  return stored === 'drop' ? words.dropped : words.none;
}

/** A secret that the server gives when the person signs in there. The window never sees it. */
export function SignInField({ field: { key }, text, style }: EngineFieldProps) {
  const wizard = useWizard();
  const { signIn, cancelSignIn } = wizardActions();
  const { status } = wizard.signIn;
  const isRunning = status === 'running';
  const { stored, obtained = null } = secretOf(wizard.form, key);
  const isAgain = obtained !== null || stored === 'keep';
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
        {stored !== 'none' && obtained === null && <KeepOrDrop field={key} words={words} />}
      </div>
      {wantsSecret(wizard, key) && <Input.Error>{words.wanted}</Input.Error>}
      {wizard.signIn.status === 'failed' && <ErrorPanel error={wizard.signIn.error} />}
    </div>
  );
}
