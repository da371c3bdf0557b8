import { PasswordInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { wizardText } from '../../text/wizard.ts';
import { useVault } from '../vault/index.ts';
import { engineField } from './fieldNames.ts';
import { type EngineFieldProps, isRequiredIn, markOf, typingProps } from './fieldProps.ts';
import { KeepOrDrop } from './KeepOrDrop.tsx';
import { useWizard, wizardActions } from './wizard.ts';
import { secretOf } from './wizardForm.ts';
import { shownError, wantsSecret } from './wizardState.ts';

/** What becomes of the secret: where a typed one will be kept, or whether the one in the vault stays. */
function SecretFate({ field }: { field: string }) {
  const { form } = useWizard();
  const mode = useVault((store) => store.status?.mode ?? null);
  const { typed, stored } = secretOf(form, field);
  const words = wizardText.secret;
  if (typed !== '') return mode === 'session' ? words.held : words.typed;
  if (stored === 'none') return null;
  return (
    <>
      {stored === 'drop' && `${words.dropped} `}
      <KeepOrDrop field={field} words={words} />
    </>
  );
}

/** A secret: what is typed can be shown; a stored one cannot, because it never comes to the window. */
export function SecretField({ field, text, style }: EngineFieldProps) {
  const wizard = useWizard();
  const [visible, setVisible] = useState(false);
  const inputRef = useRef<HTMLInputElement>(null);
  const { typed, stored } = secretOf(wizard.form, field.key);
  const isWanted = wantsSecret(wizard, field.key);
  const words = wizardText.secret;
  useEffect(() => {
    if (isWanted) inputRef.current?.focus();
  }, [isWanted]);
  return (
    <PasswordInput
      {...typingProps}
      {...markOf(engineField(field.key))}
      ref={inputRef}
      style={style}
      label={text.label}
      value={typed}
      onChange={(event) => wizardActions().setSecret(field.key, { typed: event.currentTarget.value })}
      placeholder={stored === 'keep' ? words.stored : words.none}
      error={isWanted ? words.wanted(text.label) : shownError(wizard, engineField(field.key))}
      description={<SecretFate field={field.key} />}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      visible={visible && typed !== ''}
      onVisibilityChange={setVisible}
      visibilityToggleFocusable
      visibilityToggleButtonProps={{
        'aria-label': visible ? words.hide(text.label) : words.show(text.label),
        disabled: typed === '',
      }}
      autoComplete="new-password"
      withAsterisk={isRequiredIn(wizard.form, field)}
    />
  );
}
