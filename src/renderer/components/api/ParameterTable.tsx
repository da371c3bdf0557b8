import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useId } from 'react';
import type { Parameter } from '../../../shared/model/resources.ts';
import { newParameter, type ParameterForm } from '../../lib/requestForms.ts';
import { requestsText } from '../../text/requests.ts';
import classes from './Lines.module.css';
import { linesWithNew, withLine, withoutLine } from './lines.ts';
import { RemoveLine } from './PairTable.tsx';

const words = requestsText;
const places: readonly Parameter['place'][] = ['path', 'query', 'header'];

interface LineProps {
  readonly parameter: ParameterForm;
  readonly index: number;
  readonly onSet: (change: Partial<ParameterForm>) => void;
}

function ValueField({ parameter, onSet }: Omit<LineProps, 'index'>) {
  const id = useId();
  const { name, value, choices, isList, description } = parameter;
  const props = {
    size: 'xs',
    classNames: { input: classes.mono },
    'aria-label': words.valueOf(words.parts.parameters, name),
    title: description,
    value,
    spellCheck: false,
    autoComplete: 'off',
    onChange: (event: { currentTarget: { value: string } }) => onSet({ value: event.currentTarget.value }),
  } as const;
  if (isList) return <Textarea {...props} autosize minRows={2} maxRows={6} placeholder={words.listHint} />;
  if (choices.length === 0) return <TextInput {...props} />;
  return (
    <>
      <TextInput {...props} list={id} />
      <datalist id={id}>
        {choices.map((choice) => (
          <option key={choice} value={choice} />
        ))}
      </datalist>
    </>
  );
}

function ParameterLine({ parameter, index, onSet }: LineProps) {
  const { name, place, isRequired, isList, isExploded, description } = parameter;
  return (
    <>
      <TextInput
        size="xs"
        aria-label={words.nameOf(words.parts.parameters, index + 1)}
        title={description}
        value={name}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onSet({ name: event.currentTarget.value })}
      />
      <NativeSelect
        size="xs"
        aria-label={words.placeOf(name)}
        value={place}
        data={places.map((value) => ({ value, label: words.place[value] }))}
        onChange={({ currentTarget }) =>
          onSet({ place: places.find((one) => one === currentTarget.value) ?? place })
        }
      />
      <ValueField parameter={parameter} onSet={onSet} />
      <div className={classes.checks}>
        <Checkbox
          size="xs"
          aria-label={words.requiredOf(name)}
          checked={isRequired}
          onChange={(event) => onSet({ isRequired: event.currentTarget.checked })}
        />
      </div>
      <div className={classes.checks}>
        <Checkbox
          size="xs"
          aria-label={words.listOf(name)}
          checked={isList}
          onChange={(event) => onSet({ isList: event.currentTarget.checked })}
        />
        {isList && (
          <Checkbox
            size="xs"
            label={words.names.exploded}
            title={words.explodedHint}
            aria-label={words.explodedOf(name)}
            checked={isExploded}
            onChange={(event) => onSet({ isExploded: event.currentTarget.checked })}
          />
        )}
      </div>
    </>
  );
}

interface ParameterTableProps {
  readonly parameters: readonly ParameterForm[];
  readonly onChange: (parameters: ParameterForm[]) => void;
}

/** The parameters of a request, with where each goes and how it is spelled. */
export function ParameterTable({ parameters, onChange }: ParameterTableProps) {
  const { name, place, value, required, list } = words.names;
  return (
    <fieldset className={classes.parameters} aria-label={words.parts.parameters}>
      {[name, place, value, required, list].map((title) => (
        <span key={title} className={classes.head} aria-hidden>
          {title}
        </span>
      ))}
      <span />
      {linesWithNew(parameters, newParameter).map((parameter, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: names may be equal, and a line is its place
        <div key={index} className={classes.line}>
          <ParameterLine
            parameter={parameter}
            index={index}
            onSet={(change) => onChange(withLine(parameters, index, { ...parameter, ...change }))}
          />
          <RemoveLine
            name={parameter.name}
            isNew={index === parameters.length}
            onClick={() => onChange(withoutLine(parameters, index))}
          />
        </div>
      ))}
    </fieldset>
  );
}
