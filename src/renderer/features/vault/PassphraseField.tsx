import { PasswordInput } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, type Ref, useState } from 'react';
import { vaultText } from '../../text/vault.ts';
import classes from './vault.module.css';

interface PassphraseFieldProps {
  readonly label?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** What is wrong with it; null when nothing is. */
  readonly error?: ReactNode;
  /** Takes the focus when its window opens. */
  readonly focused?: boolean;
  /** `new` keeps password managers from filling in an old one. */
  readonly kind?: 'current' | 'new';
  readonly onBlur?: () => void;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** A passphrase that can be shown, with a word about Caps Lock. The line below it keeps its place when it is empty. */
export function PassphraseField(props: PassphraseFieldProps) {
  const { label = vaultText.passphrase, value, onChange, error = null, focused, kind = 'current' } = props;
  const [visible, setVisible] = useState(false);
  const [capsLock, setCapsLock] = useState(false);
  const watchCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'));
  const hint = capsLock ? vaultText.capsLock : null;
  return (
    <PasswordInput
      ref={props.inputRef}
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={watchCapsLock}
      onKeyUp={watchCapsLock}
      onBlur={props.onBlur}
      error={
        error === null ? null : (
          <>
            {error} {hint}
          </>
        )
      }
      errorProps={{ role: 'alert' }}
      description={error === null ? hint : null}
      descriptionProps={{ role: 'status' }}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      className={classes.field}
      visible={visible}
      onVisibilityChange={setVisible}
      visibilityToggleFocusable
      visibilityToggleButtonProps={{
        'aria-label': visible ? vaultText.hidePassphrase : vaultText.showPassphrase,
      }}
      autoComplete={kind === 'new' ? 'new-password' : 'current-password'}
      spellCheck={false}
      data-autofocus={focused || undefined}
    />
  );
}
