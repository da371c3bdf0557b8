import { Anchor, PasswordInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { wizardText } from '../../text/wizard.ts';
import { useVault } from '../vault/index.ts';
import { textFieldProps } from './fieldProps.ts';
import { useWizard, wizardActions } from './wizard.ts';
import { movesStoredPassword } from './wizardForm.ts';
import { wantsPassword } from './wizardState.ts';

/** What becomes of the password: where a typed one will be kept, or whether the one in the vault stays. */
function PasswordFate() {
  const { form, original } = useWizard();
  const mode = useVault((store) => store.status?.mode ?? null);
  const { setField } = wizardActions();
  if (form.password !== '') return mode === 'session' ? wizardText.passwordHeld : wizardText.passwordTyped;
  if (form.storedPassword === 'none') return null;
  const dropped = form.storedPassword === 'drop';
  return (
    <>
      {dropped && `${wizardText.passwordDropped} `}
      {movesStoredPassword(form, original) && `${wizardText.passwordMoves} `}
      <Anchor
        component="button"
        type="button"
        size="sm"
        onClick={() => setField('storedPassword', dropped ? 'keep' : 'drop')}
      >
        {dropped ? wizardText.passwordKeep : wizardText.passwordDrop}
      </Anchor>
    </>
  );
}

/** The password: what is typed can be shown; a stored one cannot, because it never comes to the window. */
export function PasswordField() {
  const wizard = useWizard();
  const { form } = wizard;
  const [visible, setVisible] = useState(false);
  const inputRef = useRef<HTMLInputElement>(null);
  const typed = form.password !== '';
  const field = textFieldProps(wizard, 'password');
  const isWanted = wantsPassword(wizard);
  useEffect(() => {
    if (isWanted) inputRef.current?.focus();
  }, [isWanted]);
  return (
    <PasswordInput
      {...field}
      ref={inputRef}
      label={wizardText.password}
      placeholder={form.storedPassword === 'keep' ? wizardText.passwordStored : wizardText.passwordNone}
      error={isWanted ? wizardText.passwordWanted : field.error}
      description={<PasswordFate />}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      visible={visible && typed}
      onVisibilityChange={setVisible}
      visibilityToggleFocusable
      visibilityToggleButtonProps={{
        'aria-label': visible ? wizardText.hidePassword : wizardText.showPassword,
        disabled: !typed,
      }}
      autoComplete="new-password"
    />
  );
}
