import { Input, SegmentedControl, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import type { FormField } from '../../../shared/engines/form.ts';
import type { ChoiceText, FieldText } from '../../text/engines/EngineText.ts';
import { engineText } from '../../text/engines/index.ts';
import { AuthorityField } from './AuthorityField.tsx';
import classes from './EngineField.module.css';
import { FileField } from './FileField.tsx';
import { engineField } from './fieldNames.ts';
import {
  connectionTextProps,
  type EngineFieldProps,
  helpOf,
  isRequiredIn,
  markOf,
  typingProps,
} from './fieldProps.ts';
import { HopsField } from './HopsField.tsx';
import { HostsField } from './HostsField.tsx';
import { SecretField } from './SecretField.tsx';
import { SignInField } from './SignInField.tsx';
import { useWizard, wizardActions } from './wizard.ts';
import { shownError } from './wizardState.ts';

/** More options than this do not stand side by side. */
const maxSegments = 3;
const orderInField: ('label' | 'input' | 'error' | 'description')[] = [
  'label',
  'input',
  'error',
  'description',
];

function TypedField({ field, text, style }: EngineFieldProps) {
  const wizard = useWizard();
  const { key, widget } = field;
  const isNumber = widget.type === 'number';
  return (
    <TextInput
      {...typingProps}
      {...markOf(engineField(key))}
      {...(!isNumber && connectionTextProps(engineField(key)))}
      style={style}
      label={text.label}
      description={helpOf(text, wizard.form)}
      placeholder={text.whenEmpty}
      inputWrapperOrder={orderInField}
      inputMode={isNumber ? 'numeric' : undefined}
      withAsterisk={isRequiredIn(wizard.form, field)}
      value={wizard.form.values[key] ?? ''}
      error={shownError(wizard, engineField(key))}
      onChange={(event) => wizardActions().setValue(key, event.currentTarget.value)}
    />
  );
}

/** Several lines: Enter begins another one here, and does not save. */
function LinesField({ field, text, style }: EngineFieldProps) {
  const wizard = useWizard();
  const { key } = field;
  return (
    <Textarea
      {...typingProps}
      {...markOf(engineField(key))}
      style={style}
      classNames={{ input: classes.lines }}
      label={text.label}
      description={helpOf(text, wizard.form)}
      placeholder={text.whenEmpty}
      inputWrapperOrder={orderInField}
      autosize
      minRows={1}
      maxRows={8}
      withAsterisk={isRequiredIn(wizard.form, field)}
      value={wizard.form.values[key] ?? ''}
      error={shownError(wizard, engineField(key))}
      onChange={(event) => wizardActions().setValue(key, event.currentTarget.value)}
    />
  );
}

interface ChoiceProps extends EngineFieldProps {
  readonly options: readonly string[];
}

const isChoice = (text: FieldText | ChoiceText<string>): text is ChoiceText<string> => 'options' in text;

function ChoiceField({ field: { key }, text, style, options }: ChoiceProps) {
  const { form } = useWizard();
  const id = useId();
  const value = form.values[key] ?? '';
  const wordsOf = (option: string) => (isChoice(text) ? text.options[option] : undefined);
  const data = options.map((option) => ({ value: option, label: wordsOf(option)?.label ?? option }));
  const help = wordsOf(value)?.help ?? helpOf(text, form);
  const choose = (option: string | null) => {
    if (option !== null) wizardActions().setValue(key, option);
  };
  if (options.length > maxSegments) {
    return (
      <Select
        {...markOf(engineField(key))}
        style={style}
        label={text.label}
        data={data}
        value={value}
        onChange={choose}
        description={help}
        inputWrapperOrder={orderInField}
        allowDeselect={false}
      />
    );
  }
  return (
    <div style={style} className={classes.segments} data-field={engineField(key)}>
      <Input.Label id={id} component="div">
        {text.label}
      </Input.Label>
      <SegmentedControl aria-labelledby={id} size="sm" data={data} value={value} onChange={choose} />
      {help !== null && <Input.Description>{help}</Input.Description>}
    </div>
  );
}

function SwitchField({ field: { key }, text, style }: EngineFieldProps) {
  const { form } = useWizard();
  return (
    <Switch
      {...markOf(engineField(key))}
      style={style}
      classNames={{ body: classes.switch }}
      label={text.label}
      description={helpOf(text, form)}
      checked={form.values[key] === 'on'}
      onChange={(event) => wizardActions().setValue(key, event.currentTarget.checked ? 'on' : '')}
    />
  );
}

/** One field of an engine's form, drawn as its descriptor says. */
export function EngineField({ field }: { field: FormField }): ReactNode {
  const { form } = useWizard();
  const text = engineText(form.kind).fields[field.key] ?? { label: field.key, help: null };
  const props = { field, text, style: { gridColumn: `span ${field.columns ?? 6}` } };
  const { widget } = field;
  switch (widget.type) {
    case 'text':
    case 'number':
      return <TypedField {...props} />;
    case 'lines':
      return <LinesField {...props} />;
    case 'choice':
      return <ChoiceField {...props} options={widget.options} />;
    case 'switch':
      return <SwitchField {...props} />;
    case 'secret':
      return <SecretField {...props} />;
    case 'sign-in':
      return <SignInField {...props} />;
    case 'authority':
      return <AuthorityField {...props} draw={(inner) => <EngineField field={inner} />} />;
    case 'file':
      return <FileField {...props} />;
    case 'hosts':
      return <HostsField {...props} max={widget.max} usualPort={widget.usualPort} />;
    case 'hops':
      return <HopsField {...props} draw={(inner) => <EngineField key={inner.key} field={inner} />} />;
  }
}
