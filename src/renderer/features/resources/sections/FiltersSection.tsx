import { NativeSelect, TextInput } from '@mantine/core';
import { pushedFilterSchema } from '../../../../shared/model/resources.ts';
import { linesWithNew, withLine, withoutLine } from '../../../components/api/lines.ts';
import { RemoveLine } from '../../../components/api/PairTable.tsx';
import { resourcesText } from '../../../text/resources.ts';
import { useEditedForm } from '../formContext.ts';
import classes from '../Resources.module.css';
import type { FilterForm } from '../resourceForm.ts';
import { LinesFault } from './LinesFault.tsx';

const words = resourcesText.filters;
const operators = pushedFilterSchema.shape.operator.options;
const emptyFilter: FilterForm = { column: '', operator: 'equals', parameter: '' };

/** Which filters of the grid go to the API, and as which parameter. */
export function FiltersSection() {
  const { form, change } = useEditedForm();
  const { filters } = form;
  return (
    <>
      <p className={classes.hint}>{words.hint}</p>
      <fieldset className={classes.rules} aria-label={words.label}>
        {[words.column, words.operator, words.parameter].map((title) => (
          <span key={title} className={classes.head} aria-hidden>
            {title}
          </span>
        ))}
        <span />
        {linesWithNew(filters, emptyFilter).map((filter, index) => {
          const set = (next: Partial<FilterForm>) =>
            change({ filters: withLine(filters, index, { ...filter, ...next }) });
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
            <div key={index} className={classes.line}>
              <TextInput
                size="xs"
                aria-label={words.columnOf(index + 1)}
                value={filter.column}
                onChange={(event) => set({ column: event.currentTarget.value })}
              />
              <NativeSelect
                size="xs"
                aria-label={words.operatorOf(index + 1)}
                value={filter.operator}
                data={operators.map((value) => ({ value, label: words.operators[value] }))}
                onChange={(event) =>
                  set({ operator: pushedFilterSchema.shape.operator.parse(event.currentTarget.value) })
                }
              />
              <TextInput
                size="xs"
                aria-label={words.parameterOf(index + 1)}
                value={filter.parameter}
                onChange={(event) => set({ parameter: event.currentTarget.value })}
              />
              <RemoveLine
                name={filter.column}
                isNew={index === filters.length}
                onClick={() => change({ filters: withoutLine(filters, index) })}
              />
            </div>
          );
        })}
      </fieldset>
      <LinesFault of="filters" />
    </>
  );
}
