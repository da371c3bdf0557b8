import { SegmentedControl } from '@mantine/core';
import classes from './Setup.module.css';

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  /** Each with its words, in the order in which they are shown. */
  readonly choices: Readonly<Record<Value, string>>;
  readonly onChange: (value: Value) => void;
}

/** One of a few, side by side. Its label is read aloud, and not shown. */
export function Choice<Value extends string>({ label, value, choices, onChange }: ChoiceProps<Value>) {
  return (
    <SegmentedControl
      size="xs"
      className={classes.own}
      aria-label={label}
      value={value}
      data={(Object.keys(choices) as Value[]).map((key) => ({ value: key, label: choices[key] }))}
      onChange={onChange}
    />
  );
}

/** The same as a field, below its label. */
export function ChoiceField<Value extends string>(props: ChoiceProps<Value>) {
  return (
    <div className={classes.field}>
      <span className={classes.label}>{props.label}</span>
      <Choice {...props} />
    </div>
  );
}
