import { TextInput } from '@mantine/core';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
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

/** Fields that belong together, beside their name. */
function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <h3 id={id} className={classes.sectionTitle}>
        {title}
      </h3>
      <div className={classes.fields}>{children}</div>
    </section>
  );
}

/** The name, which an edit begins with: F2, a new name and Enter rename a data source. */
function NameField() {
  const wizard = useWizard();
  const inputRef = useRef<HTMLInputElement>(null);
  const isEdit = wizard.original !== null;
  useEffect(() => {
    if (isEdit) inputRef.current?.select();
  }, [isEdit]);
  return (
    <TextInput
      {...textFieldProps(wizard, 'name')}
      ref={inputRef}
      className={classes.wide}
      label={wizardText.name}
      placeholder={wizardText.namePlaceholder}
      withAsterisk
      data-autofocus={isEdit || wizard.form.demo || undefined}
    />
  );
}

/** Where the server is. */
function AddressFields() {
  const wizard = useWizard();
  return (
    <div className={classes.address}>
      <TextInput {...textFieldProps(wizard, 'host')} label={wizardText.host} withAsterisk />
      <TextInput
        {...textFieldProps(wizard, 'port')}
        label={wizardText.port}
        inputMode="numeric"
        withAsterisk
      />
      <TextInput {...textFieldProps(wizard, 'database')} label={wizardText.database} withAsterisk />
    </div>
  );
}

function UserField() {
  const wizard = useWizard();
  return <TextInput {...textFieldProps(wizard, 'user')} label={wizardText.user} withAsterisk />;
}

/** Everything there is to know about a data source, in sections; pool and time-outs are folded away. */
export function DetailsStep() {
  const wizard = useWizard();
  const formRef = useRef<HTMLDivElement>(null);
  const [advancedOpened, setAdvancedOpened] = useState(false);
  const advancedWrong = advancedFields.some((field) => wizard.errors[field] !== undefined);
  const words = wizardText.sections;

  useEffect(() => {
    if (wizard.refusedCount === 0) return;
    formRef.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [wizard.refusedCount]);

  return (
    <div ref={formRef} className={classes.form}>
      {wizard.form.demo ? <Notice tone="info">{wizardText.demoLocked}</Notice> : <ConnectionTextField />}
      <Section title={words.general}>
        <NameField />
        {!wizard.form.demo && <AddressFields />}
      </Section>
      {!wizard.form.demo && (
        <>
          <Section title={words.authentication}>
            <UserField />
            <PasswordField />
          </Section>
          <Section title={words.encryption}>
            <TlsModeField />
            <AuthorityField />
          </Section>
        </>
      )}
      <Section title={words.limits}>
        <AdvancedFields
          opened={advancedOpened || advancedWrong}
          onToggle={() => setAdvancedOpened(!advancedOpened)}
        />
      </Section>
      <Section title={words.labels}>
        <LabelFields />
      </Section>
    </div>
  );
}
