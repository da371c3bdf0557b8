import { TextInput } from '@mantine/core';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { engineOf } from '../../../shared/engines/engines.ts';
import type { FormSection } from '../../../shared/engines/form.ts';
import { Notice } from '../../components/Notice.tsx';
import { engineText } from '../../text/engines/index.ts';
import { wizardText } from '../../text/wizard.ts';
import { AdvancedFields, advancedFields } from './AdvancedFields.tsx';
import { ConnectionTextField } from './ConnectionTextField.tsx';
import classes from './DetailsStep.module.css';
import { EngineField } from './EngineField.tsx';
import { isShownIn } from './engineFields.ts';
import type { FieldName } from './fieldNames.ts';
import { textFieldProps } from './fieldProps.ts';
import { LabelFields } from './LabelFields.tsx';
import { MoreFields } from './MoreFields.tsx';
import { ResourcesSection } from './ResourcesSection.tsx';
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
      data-autofocus={isEdit || wizard.form.origin === 'demo' || undefined}
    />
  );
}

/** The fields of one section of the engine's form; where none is shown, why. */
function EngineFields({ section }: { section: FormSection }) {
  const { form } = useWizard();
  const shown = section.fields.filter((field) => field.within === undefined && isShownIn(form, field));
  if (shown.length === 0)
    return <p className={classes.unused}>{engineText(form.kind).unused[section.key]}</p>;
  const advanced = shown.filter(({ isAdvanced }) => isAdvanced === true);
  return (
    <>
      {shown.map((field) => !advanced.includes(field) && <EngineField key={field.key} field={field} />)}
      {advanced.length > 0 && <MoreFields section={section} fields={advanced} />}
    </>
  );
}

/** Puts the focus into a field, with its text selected, where an error has led to it. */
function focusField(form: HTMLElement | null, field: FieldName): void {
  const marked = form?.querySelector(`[data-field="${field}"]`);
  const input = marked?.querySelector<HTMLElement>('input, textarea, button');
  input?.focus();
  if (input instanceof HTMLInputElement) input.select();
}

/** Everything there is to know about a data source, in sections; pool and time-outs are folded away. */
export function DetailsStep() {
  const wizard = useWizard();
  const formRef = useRef<HTMLDivElement>(null);
  const [advancedOpened, setAdvancedOpened] = useState(false);
  const advancedWrong = advancedFields.some((field) => wizard.errors[field] !== undefined);
  const words = wizardText.sections;
  const isDemo = wizard.form.origin === 'demo';
  const { resources, capabilities } = engineOf(wizard.form.kind);
  const hasRequests = capabilities.requests;
  const sections = isDemo ? [] : engineOf(wizard.form.kind).form.sections;
  const address = sections.find(({ key }) => key === 'address');
  const others = sections.filter(({ key }) => key !== 'address');

  useEffect(() => {
    if (wizard.refusedCount === 0) return;
    formRef.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [wizard.refusedCount]);

  useEffect(() => {
    if (wizard.focus === null) return;
    const { field } = wizard.focus;
    if (advancedFields.some((advanced) => advanced === field)) setAdvancedOpened(true);
    // With the next picture: what is folded away, or new in the form, can take the focus only then.
    const frame = requestAnimationFrame(() => focusField(formRef.current, field));
    return () => cancelAnimationFrame(frame);
  }, [wizard.focus]);

  return (
    <div ref={formRef} className={classes.form}>
      {isDemo ? (
        <Notice tone="info">{hasRequests ? wizardText.demoApiLocked : wizardText.demoLocked}</Notice>
      ) : (
        <ConnectionTextField />
      )}
      <Section title={words.address}>
        <NameField />
        {address !== undefined && <EngineFields section={address} />}
      </Section>
      {resources !== null && (
        <Section title={words.resources}>
          <ResourcesSection />
        </Section>
      )}
      {others.map((section) => (
        <Section key={section.key} title={words[section.key]}>
          <EngineFields section={section} />
        </Section>
      ))}
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
