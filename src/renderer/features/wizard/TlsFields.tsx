import { Button, FileButton, Group, Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { maxAuthorityLength, tlsModeSchema } from '../../../shared/model/tls.ts';
import { wizardText } from '../../text/wizard.ts';
import classes from './DetailsStep.module.css';
import { textFieldProps } from './fieldProps.ts';
import { useWizard, wizardActions } from './wizard.ts';
import { usesAuthority } from './wizardForm.ts';

/** From the safest to the least safe. */
const modes = [...tlsModeSchema.options].reverse();

export function TlsModeField() {
  const { form } = useWizard();
  return (
    <Select
      className={classes.wide}
      label={wizardText.security}
      data={modes.map((mode) => ({ value: mode, label: wizardText.tlsMode[mode].label }))}
      value={form.tlsMode}
      onChange={(mode) => wizardActions().setField('tlsMode', tlsModeSchema.parse(mode))}
      description={wizardText.tlsMode[form.tlsMode].hint}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      allowDeselect={false}
    />
  );
}

/** The certificate authority to trust: pasted, or read from a file that the person picks. Nothing is read by path. */
export function AuthorityField() {
  const wizard = useWizard();
  const [fileError, setFileError] = useState<string | null>(null);
  if (!usesAuthority(wizard.form.tlsMode)) return null;

  const { setField } = wizardActions();
  const field = textFieldProps(wizard, 'caPem');
  const required = wizard.form.tlsMode === 'verify-ca';
  const take = async (file: File | null) => {
    if (file === null) return;
    setFileError(null);
    // A larger file is not even read.
    if (file.size > maxAuthorityLength) return setFileError(wizardText.authorityTooLarge);
    try {
      setField('caPem', await file.text());
    } catch {
      setFileError(wizardText.authorityUnreadable);
    }
  };
  return (
    <div className={classes.wide}>
      <Textarea
        {...field}
        label={wizardText.authority}
        placeholder="-----BEGIN CERTIFICATE-----"
        description={required ? wizardText.authorityRequired : wizardText.authorityHint}
        error={fileError ?? field.error}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        classNames={{ input: classes.certificate }}
        rows={2}
      />
      <Group gap="xs" mt={6}>
        <FileButton accept=".pem,.crt,.cer,.ca-bundle" onChange={(file) => void take(file)}>
          {(props) => (
            <Button {...props} variant="default" size="xs">
              {wizardText.authorityPick}
            </Button>
          )}
        </FileButton>
        {field.value !== '' && (
          <Button variant="subtle" color="gray" size="xs" onClick={() => setField('caPem', '')}>
            {wizardText.authorityClear}
          </Button>
        )}
      </Group>
    </div>
  );
}
