import { TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { Notice } from '../../components/Notice.tsx';
import { wizardText } from '../../text/wizard.ts';
import { AdvancedFields, advancedFields } from './AdvancedFields.tsx';
import { ConnectionTextField } from './ConnectionTextField.tsx';
import classes from './DetailsStep.module.css';
import { textFieldProps } from './fieldProps.ts';
import { LabelFields } from './LabelFields.tsx';
import { PasswordField } from './PasswordField.tsx';
import { AuthorityField, TlsModeField } from './TlsFields.tsx';
import { useWizard } from './wizard.ts';

/** Where the server is and who logs in. */
function EndpointFields() {
  const wizard = useWizard();
  return (
    <>
      <div className={classes.address}>
        <TextInput {...textFieldProps(wizard, 'host')} label={wizardText.host} withAsterisk />
        <TextInput
          {...textFieldProps(wizard, 'port')}
          label={wizardText.port}
          inputMode="numeric"
          withAsterisk
        />
      </div>
      <TextInput {...textFieldProps(wizard, 'database')} label={wizardText.database} withAsterisk />
      <TextInput {...textFieldProps(wizard, 'user')} label={wizardText.user} withAsterisk />
      <PasswordField />
      <TlsModeField />
      <AuthorityField />
    </>
  );
}

/** Second step: everything there is to know about a data source. */
export function DetailsStep() {
  const wizard = useWizard();
  const formRef = useRef<HTMLDivElement>(null);
  const [advancedOpened, setAdvancedOpened] = useState(false);
  const advancedWrong = advancedFields.some((field) => wizard.errors[field] !== undefined);

  useEffect(() => {
    if (wizard.refusedCount === 0) return;
    formRef.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [wizard.refusedCount]);

  return (
    <div ref={formRef} className={classes.form}>
      {wizard.form.demo ? (
        <div className={classes.wide}>
          <Notice tone="info">{wizardText.demoLocked}</Notice>
        </div>
      ) : (
        <ConnectionTextField />
      )}
      <TextInput
        {...textFieldProps(wizard, 'name')}
        className={classes.wide}
        label={wizardText.name}
        placeholder={wizardText.namePlaceholder}
        withAsterisk
        data-autofocus
      />
      {!wizard.form.demo && <EndpointFields />}
      <LabelFields />
      <AdvancedFields
        opened={advancedOpened || advancedWrong}
        onToggle={() => setAdvancedOpened(!advancedOpened)}
      />
    </div>
  );
}
