import { Button, FileButton, Group, Textarea } from '@mantine/core';
import { useState } from 'react';
import { maxAuthorityLength } from '../../../shared/model/tls.ts';
import { wizardText } from '../../text/wizard.ts';
import classes from './DetailsStep.module.css';
import { engineField } from './fieldNames.ts';
import { type EngineFieldProps, helpOf, markOf, typingProps } from './fieldProps.ts';
import { useWizard, wizardActions } from './wizard.ts';
import { shownError } from './wizardState.ts';

/** The certificate authority to trust: pasted, or read from a file that the person picks. Nothing is read by path. */
export function AuthorityField({ field, text, style }: EngineFieldProps) {
  const wizard = useWizard();
  const [fileError, setFileError] = useState<string | null>(null);
  const value = wizard.form.values[field.key] ?? '';
  const words = wizardText.authority;
  const set = (pem: string) => wizardActions().setValue(field.key, pem);
  const take = async (file: File | null) => {
    if (file === null) return;
    setFileError(null);
    // A larger file is not even read.
    if (file.size > maxAuthorityLength) return setFileError(words.tooLarge);
    try {
      set(await file.text());
    } catch {
      setFileError(words.unreadable);
    }
  };
  return (
    <div style={style}>
      <Textarea
        {...typingProps}
        {...markOf(engineField(field.key))}
        value={value}
        onChange={(event) => set(event.currentTarget.value)}
        label={text.label}
        placeholder={text.whenEmpty}
        description={helpOf(text, wizard.form)}
        error={fileError ?? shownError(wizard, engineField(field.key))}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        classNames={{ input: classes.certificate }}
        rows={2}
      />
      <Group gap="xs" mt={6}>
        <FileButton accept=".pem,.crt,.cer,.ca-bundle" onChange={(file) => void take(file)}>
          {(props) => (
            <Button {...props} variant="default" size="xs">
              {words.pick}
            </Button>
          )}
        </FileButton>
        {value !== '' && (
          <Button variant="subtle" color="gray" size="xs" onClick={() => set('')}>
            {words.clear}
          </Button>
        )}
      </Group>
    </div>
  );
}
