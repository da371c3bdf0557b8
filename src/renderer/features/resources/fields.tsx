import { NativeSelect, TextInput } from '@mantine/core';
import classes from './Resources.module.css';

const typing = { size: 'xs', spellCheck: false, autoComplete: 'off' } as const;
const orderInField: ('label' | 'input' | 'error' | 'description')[] = [
  'label',
  'input',
  'error',
  'description',
];

interface FieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly error?: string | undefined;
  readonly placeholder?: string;
  readonly isCode?: boolean;
  readonly isWide?: boolean;
  readonly isNumber?: boolean;
  readonly onChange: (text: string) => void;
}

/** A field of the editor in which text is typed. */
export function Field(props: FieldProps) {
  const { label, hint, value, error, placeholder, isCode, isWide, isNumber, onChange } = props;
  return (
    <TextInput
      {...typing}
      className={isWide === true ? classes.wide : undefined}
      classNames={isCode === true ? { input: classes.mono ?? '' } : {}}
      label={label}
      description={hint}
      placeholder={placeholder}
      inputMode={isNumber === true ? 'numeric' : undefined}
      inputWrapperOrder={orderInField}
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly hint?: string;
  readonly value: Value;
  readonly options: readonly Value[];
  readonly textOf: Readonly<Record<Value, string>>;
  readonly isWide?: boolean;
  readonly onChange: (value: Value) => void;
}

/** A field of the editor that offers a few words. */
export function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const { label, hint, value, options, textOf, isWide, onChange } = props;
  return (
    <NativeSelect
      size="xs"
      className={isWide === true ? classes.wide : undefined}
      label={label}
      description={hint}
      inputWrapperOrder={orderInField}
      value={value}
      data={options.map((option) => ({ value: option, label: textOf[option] }))}
      onChange={({ currentTarget }) => {
        const chosen = options.find((option) => option === currentTarget.value);
        if (chosen !== undefined) onChange(chosen);
      }}
    />
  );
}
