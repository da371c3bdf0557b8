import { Button, Group, NativeSelect, Textarea } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import type { ParameterValue } from '../../../../shared/model/query.ts';
import { DialogWindow } from '../../../components/DialogWindow.tsx';
import { queryText } from '../../../text/query.ts';
import { vocabulary } from '../../../text/vocabulary.ts';
import { asType, isValidParameter } from '../run/parameters.ts';
import type { Question } from '../session/questions.ts';
import classes from './Dialogs.module.css';

const words = queryText.parameters;
const types = Object.entries(words.types).map(([value, label]) => ({ value, label }));
const isType = (value: string): value is ParameterValue['type'] => Object.hasOwn(words.types, value);

interface FieldProps {
  readonly parameter: ParameterValue;
  readonly isFirst: boolean;
  readonly onChange: (parameter: ParameterValue) => void;
}

function ValueField({ parameter, isFirst, onChange }: FieldProps) {
  const { name, type, value } = parameter;
  const change = (next: string) => onChange({ ...parameter, value: next });
  if (type === 'boolean') {
    return (
      <NativeSelect
        aria-label={words.valueOf(name)}
        data={[
          { value: 'true', label: words.true },
          { value: 'false', label: words.false },
        ]}
        value={value}
        onChange={(event) => change(event.currentTarget.value)}
      />
    );
  }
  const isWrong = value !== '' && !isValidParameter(parameter);
  return (
    <Textarea
      aria-label={words.valueOf(name)}
      className={classes.value}
      autosize
      minRows={1}
      maxRows={6}
      spellCheck={false}
      disabled={type === 'null'}
      value={type === 'null' ? '' : value}
      error={isWrong && words.notANumber}
      data-autofocus={isFirst || undefined}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}

function ParameterRow(props: FieldProps) {
  const { parameter, onChange } = props;
  const { name, type } = parameter;
  return (
    <>
      <code className={classes.name}>{name}</code>
      <NativeSelect
        aria-label={words.typeOf(name)}
        data={types}
        value={type}
        onChange={(event) => {
          const next = event.currentTarget.value;
          if (isType(next)) onChange(asType(parameter, next));
        }}
      />
      <ValueField {...props} />
    </>
  );
}

interface ParametersDialogProps {
  readonly question: Extract<Question, { type: 'parameters' }>;
  readonly isOpen: boolean;
}

function ParametersForm({ question }: Pick<ParametersDialogProps, 'question'>) {
  const [parameters, setParameters] = useState(question.parameters);
  const isValid = parameters.every(isValidParameter);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isValid) question.answer(parameters);
  };
  // Enter runs, as in a line of text; with Shift it is part of the value.
  const onKeyDown = (event: KeyboardEvent) => {
    const isField = event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLSelectElement;
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing && isField) submit(event);
  };
  const change = (at: number, next: ParameterValue) =>
    setParameters((before) => before.map((one, index) => (index === at ? next : one)));
  return (
    <form onSubmit={submit} onKeyDown={onKeyDown}>
      <div className={classes.parameters}>
        {parameters.map((parameter, at) => (
          <ParameterRow
            key={parameter.name}
            parameter={parameter}
            isFirst={at === 0}
            onChange={(next) => change(at, next)}
          />
        ))}
      </div>
      <p className={classes.note}>{words.hint}</p>
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={() => question.answer(null)}>
          {vocabulary.cancel}
        </Button>
        <Button type="submit" disabled={!isValid}>
          {words.run}
        </Button>
      </Group>
    </form>
  );
}

/** The values of the parameters of a run, each asked for once. */
export function ParametersDialog({ question, isOpen }: ParametersDialogProps) {
  return (
    <DialogWindow opened={isOpen} title={words.title} size={520} onClose={() => question.answer(null)}>
      <ParametersForm key={question.parameters.map(({ name }) => name).join('\n')} question={question} />
    </DialogWindow>
  );
}
