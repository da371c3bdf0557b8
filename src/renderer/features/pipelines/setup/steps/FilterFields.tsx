import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { filterOperatorSchema } from '../../../../../shared/model/results.ts';
import { takesValue } from '../../../../lib/takesValue.ts';
import { gridText } from '../../../../text/grid.ts';
import { setupText } from '../../../../text/pipelineSetup.ts';
import type { FilterForm } from '../form/pipelineForm.ts';
import classes from '../Setup.module.css';
import { useFault, useSetup } from '../setupContext.ts';

const words = setupText.source;
const maxFilters = 32;

interface FilterLineProps {
  readonly filter: FilterForm;
  readonly number: number;
  readonly names: readonly string[];
  readonly onChange: (filter: FilterForm | null) => void;
}

function FilterLine({ filter, number, names, onChange }: FilterLineProps) {
  const { column, operator, value } = filter;
  const label = (part: string): string => `${words.filterOf(number)}: ${part}`;
  return (
    <div className={classes.filter}>
      <NativeSelect
        size="xs"
        aria-label={label(words.filterColumn)}
        value={column}
        data={names.includes(column) ? [...names] : [column, ...names]}
        onChange={({ currentTarget }) => onChange({ ...filter, column: currentTarget.value })}
      />
      <NativeSelect
        size="xs"
        aria-label={label(words.operator)}
        value={operator}
        data={filterOperatorSchema.options.map((one) => ({ value: one, label: gridText.operators[one] }))}
        onChange={({ currentTarget }) =>
          onChange({ ...filter, operator: filterOperatorSchema.parse(currentTarget.value) })
        }
      />
      {takesValue(operator) ? (
        <TextInput
          size="xs"
          aria-label={label(words.value)}
          value={value}
          maxLength={10_000}
          spellCheck={false}
          onChange={({ currentTarget }) => onChange({ ...filter, value: currentTarget.value })}
        />
      ) : (
        <span />
      )}
      <ActionIcon size="sm" aria-label={words.removeFilter(number)} onClick={() => onChange(null)}>
        <IconX size={14} />
      </ActionIcon>
    </div>
  );
}

/** What the rows that are copied must have. */
export function FilterFields() {
  const { form, change } = useSetup();
  const fault = useFault('filters');
  const { filters, shape } = form;
  const names = shape.map(({ name }) => name);
  const add = (): void =>
    change({ filters: [...filters, { column: names[0] ?? '', operator: 'equals', value: '' }] });
  return (
    <fieldset className={classes.group}>
      <legend className={classes.label}>{words.filters}</legend>
      {filters.map((filter, index) => (
        <FilterLine
          // biome-ignore lint/suspicious/noArrayIndexKey: filters may be equal, and a line is its place
          key={index}
          filter={filter}
          number={index + 1}
          names={names}
          onChange={(next) =>
            change({
              filters: next === null ? filters.toSpliced(index, 1) : filters.with(index, next),
            })
          }
        />
      ))}
      {fault !== null && <p className={classes.fault}>{fault}</p>}
      <Button
        size="xs"
        variant="subtle"
        className={classes.own}
        leftSection={<IconPlus size={14} />}
        disabled={names.length === 0 || filters.length >= maxFilters}
        onClick={add}
      >
        {words.addFilter}
      </Button>
    </fieldset>
  );
}
