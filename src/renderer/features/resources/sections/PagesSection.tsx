import { Switch } from '@mantine/core';
import { resourcesText as words } from '../../../text/resources.ts';
import { Choice, Field } from '../fields.tsx';
import { useEditedForm } from '../formContext.ts';
import classes from '../Resources.module.css';
import { type PaginationForm, paginationTypes } from '../resourceForm.ts';

const places = ['query', 'header', 'body'] as const;

type TextKey = Exclude<keyof PaginationForm, 'type' | 'cursorPlace'>;

interface PageField {
  readonly key: TextKey;
  /** Where its value stands in the resource, for what is wrong with it. */
  readonly path: string;
  readonly hint?: string;
  readonly isNumber?: boolean;
  readonly isCode?: boolean;
}

const fieldsOf: Readonly<Record<PaginationForm['type'], readonly PageField[]>> = {
  none: [],
  link: [],
  page: [
    { key: 'pageParameter', path: 'parameter' },
    { key: 'first', path: 'first', isNumber: true },
    { key: 'sizeParameter', path: 'size.parameter', hint: words.sizeParameterHint },
    { key: 'size', path: 'size.value', isNumber: true },
  ],
  offset: [
    { key: 'offsetParameter', path: 'offsetParameter' },
    { key: 'limitParameter', path: 'limitParameter' },
    { key: 'limit', path: 'limit', isNumber: true },
  ],
  cursor: [
    { key: 'cursorSelector', path: 'selector', isCode: true },
    { key: 'cursorParameter', path: 'parameter' },
  ],
  'next-url': [{ key: 'urlSelector', path: 'selector', isCode: true }],
};

/** How the answer after this one is asked for, and when there is none. */
export function PagesSection() {
  const { form, errors, change } = useEditedForm();
  const { pagination, stop } = form;
  const set = (fields: Partial<PaginationForm>) => change({ pagination: { ...pagination, ...fields } });
  const setStop = (fields: Partial<typeof stop>) => change({ stop: { ...stop, ...fields } });
  return (
    <>
      <Choice
        label={words.pagination}
        value={pagination.type}
        options={paginationTypes}
        textOf={words.paginationTypes}
        isWide
        onChange={(type) => set({ type })}
      />
      {fieldsOf[pagination.type].map(({ key, path, ...field }) => (
        <Field
          {...field}
          key={key}
          label={words[key]}
          value={pagination[key]}
          error={errors[`pagination.${path}`]}
          onChange={(text) => set({ [key]: text })}
        />
      ))}
      {pagination.type === 'cursor' && (
        <Choice
          label={words.cursorPlace}
          value={pagination.cursorPlace}
          options={places}
          textOf={words.cursorPlaces}
          onChange={(cursorPlace) => set({ cursorPlace })}
        />
      )}
      {pagination.type !== 'none' && (
        <>
          <Field
            label={words.maxPages}
            placeholder={words.noLimit}
            isNumber
            value={stop.maxPages}
            error={errors['stop.maxPages']}
            onChange={(maxPages) => setStop({ maxPages })}
          />
          <Field
            label={words.moreSelector}
            hint={words.moreSelectorHint}
            isCode
            value={stop.moreSelector}
            error={errors['stop.moreSelector']}
            onChange={(moreSelector) => setStop({ moreSelector })}
          />
          <Switch
            className={classes.wide}
            size="xs"
            label={words.atShortPage}
            checked={stop.atShortPage}
            onChange={(event) => setStop({ atShortPage: event.currentTarget.checked })}
          />
        </>
      )}
    </>
  );
}
