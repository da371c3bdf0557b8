import { TagsInput } from '@mantine/core';
import { resourcesText as words } from '../../../text/resources.ts';
import { Choice, Field } from '../fields.tsx';
import { useEditedForm } from '../formContext.ts';

const formats = ['auto', 'json', 'ndjson'] as const;

/** Where the records stand in an answer, and what tells them apart. */
export function RecordsSection() {
  const { form, errors, change } = useEditedForm();
  const { selector, format, keyColumn, primaryKey, totalSelector, columns } = form;
  return (
    <>
      <Field
        label={words.selector}
        hint={words.selectorHint}
        value={selector}
        error={errors.selector}
        isCode
        onChange={(text) => change({ selector: text })}
      />
      <Choice
        label={words.format}
        value={format}
        options={formats}
        textOf={words.formats}
        onChange={(chosen) => change({ format: chosen })}
      />
      <Field
        label={words.keyColumn}
        hint={words.keyColumnHint}
        value={keyColumn}
        error={errors.keyColumn}
        onChange={(text) => change({ keyColumn: text })}
      />
      <Field
        label={words.totalSelector}
        hint={words.totalSelectorHint}
        value={totalSelector}
        error={errors.totalSelector}
        isCode
        onChange={(text) => change({ totalSelector: text })}
      />
      <TagsInput
        size="xs"
        label={words.primaryKey}
        description={words.primaryKeyHint}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        value={primaryKey}
        data={columns?.map(({ name }) => name).filter((name, at, all) => all.indexOf(name) === at) ?? []}
        maxTags={16}
        acceptValueOnBlur
        onChange={(names) => change({ primaryKey: names })}
      />
    </>
  );
}
