import { z } from 'zod';
import {
  type Pagination,
  type Resource,
  resourceColumnSchema,
  resourceSchema,
  responseRuleSchema,
} from '../../../shared/model/resources.ts';
import {
  bodyFormSchema,
  bodyOf,
  formOfBody,
  parameterFormSchema,
  parametersOf,
} from '../../lib/requestForms.ts';
import { issueText } from './issueText.ts';

/**
 * What the fields of the editor hold: numbers are text until they are checked, and what is set for one kind of pages stays
 * while another is looked at.
 */

export const paginationTypes = [
  'none',
  'page',
  'offset',
  'cursor',
  'next-url',
  'link',
] as const satisfies readonly Pagination['type'][];
const places = ['query', 'header', 'body'] as const;

const paginationFormSchema = z.strictObject({
  type: z.enum(paginationTypes),
  pageParameter: z.string(),
  first: z.string(),
  /** Empty: the API's own size. */
  sizeParameter: z.string(),
  size: z.string(),
  offsetParameter: z.string(),
  limitParameter: z.string(),
  limit: z.string(),
  cursorSelector: z.string(),
  cursorParameter: z.string(),
  cursorPlace: z.enum(places),
  urlSelector: z.string(),
});
export type PaginationForm = z.infer<typeof paginationFormSchema>;

const incrementalFormSchema = z.strictObject({
  isOn: z.boolean(),
  column: z.string(),
  parameter: z.string(),
  kind: z.enum(['timestamp', 'number']),
  format: z.string(),
  lookbackSeconds: z.string(),
});
export type IncrementalForm = z.infer<typeof incrementalFormSchema>;

const { method, format, stop, parent, filters } = resourceSchema.shape;

const ruleFormSchema = z.strictObject({ ...responseRuleSchema.shape, status: z.string() });
export type RuleForm = z.infer<typeof ruleFormSchema>;

const filterFormSchema = z.strictObject({ ...filters.unwrap().shape, parameter: z.string() });
export type FilterForm = z.infer<typeof filterFormSchema>;

export const columnFormSchema = z.strictObject({ ...resourceColumnSchema.shape, name: z.string() });
export type ColumnForm = z.infer<typeof columnFormSchema>;

export const resourceFormSchema = z.strictObject({
  name: z.string(),
  group: z.string(),
  description: z.string(),
  method,
  path: z.string(),
  parameters: z.array(parameterFormSchema),
  body: bodyFormSchema,
  format,
  selector: z.string(),
  /** Empty: none. */
  keyColumn: z.string(),
  pagination: paginationFormSchema,
  stop: z.strictObject({ ...stop.shape, maxPages: z.string(), moreSelector: z.string() }),
  primaryKey: z.array(z.string()),
  incremental: incrementalFormSchema,
  parent,
  responses: z.array(ruleFormSchema),
  messageSelector: z.string(),
  totalSelector: z.string(),
  filters: z.array(filterFormSchema),
  columns: z.array(columnFormSchema).nullable(),
});
export type ResourceForm = z.infer<typeof resourceFormSchema>;

const newPagination: PaginationForm = {
  type: 'none',
  pageParameter: 'page',
  first: '1',
  sizeParameter: '',
  size: '100',
  offsetParameter: 'offset',
  limitParameter: 'limit',
  limit: '100',
  cursorSelector: 'next_cursor',
  cursorParameter: 'cursor',
  cursorPlace: 'query',
  urlSelector: 'next',
};

const newIncremental: IncrementalForm = {
  isOn: false,
  column: '',
  parameter: '',
  kind: 'timestamp',
  format: 'YYYY-MM-DDTHH:mm:ssZ',
  lookbackSeconds: '0',
};

function formOfPagination(pagination: Pagination): PaginationForm {
  const { type } = pagination;
  switch (type) {
    case 'none':
    case 'link':
      return { ...newPagination, type };
    case 'page': {
      const { parameter, first, size } = pagination;
      return {
        ...newPagination,
        ...{ type, pageParameter: parameter, first: String(first) },
        ...(size !== null && { sizeParameter: size.parameter, size: String(size.value) }),
      };
    }
    case 'offset': {
      const { offsetParameter, limitParameter, limit } = pagination;
      return { ...newPagination, type, offsetParameter, limitParameter, limit: String(limit) };
    }
    case 'cursor': {
      const { selector, parameter, place } = pagination;
      return {
        ...newPagination,
        ...{ type, cursorSelector: selector, cursorParameter: parameter, cursorPlace: place },
      };
    }
    case 'next-url':
      return { ...newPagination, type, urlSelector: pagination.selector };
  }
}

export function formOfResource(resource: Resource): ResourceForm {
  const { body, keyColumn, pagination, stop: ends, incremental } = resource;
  return {
    ...resource,
    body: formOfBody(body),
    keyColumn: keyColumn ?? '',
    pagination: formOfPagination(pagination),
    stop: { ...ends, maxPages: ends.maxPages === null ? '' : String(ends.maxPages) },
    incremental:
      incremental === null
        ? newIncremental
        : { ...incremental, isOn: true, lookbackSeconds: String(incremental.lookbackSeconds) },
  };
}

/** Text as a whole number; NaN for any other, of which the schema says what is wrong. */
const wholeOf = (text: string): number => (/^\d{1,15}$/.test(text.trim()) ? Number(text) : Number.NaN);

function paginationOf(form: PaginationForm): Pagination {
  const { type } = form;
  switch (type) {
    case 'none':
    case 'link':
      return { type };
    case 'page': {
      const sizeParameter = form.sizeParameter.trim();
      return {
        type,
        parameter: form.pageParameter.trim(),
        first: wholeOf(form.first),
        size: sizeParameter === '' ? null : { parameter: sizeParameter, value: wholeOf(form.size) },
      };
    }
    case 'offset':
      return {
        type,
        offsetParameter: form.offsetParameter.trim(),
        limitParameter: form.limitParameter.trim(),
        limit: wholeOf(form.limit),
      };
    case 'cursor':
      return {
        type,
        selector: form.cursorSelector.trim(),
        parameter: form.cursorParameter.trim(),
        place: form.cursorPlace,
      };
    case 'next-url':
      return { type, selector: form.urlSelector.trim() };
  }
}

function incrementalOf({ isOn, lookbackSeconds, ...rest }: IncrementalForm): Resource['incremental'] {
  if (!isOn) return null;
  return {
    ...rest,
    column: rest.column.trim(),
    parameter: rest.parameter.trim(),
    lookbackSeconds: wholeOf(lookbackSeconds),
  };
}

/** What the fields make; not checked yet. */
function uncheckedResource(form: ResourceForm): Resource {
  const { keyColumn, stop: ends } = form;
  return {
    ...form,
    name: form.name.trim(),
    group: form.group.trim(),
    path: form.path.trim(),
    parameters: parametersOf(form.parameters),
    body: bodyOf(form.body),
    selector: form.selector.trim(),
    keyColumn: keyColumn.trim() === '' ? null : keyColumn.trim(),
    pagination: paginationOf(form.pagination),
    stop: { ...ends, maxPages: ends.maxPages.trim() === '' ? null : wholeOf(ends.maxPages) },
    incremental: incrementalOf(form.incremental),
    responses: form.responses.filter(({ status, when }) => status !== '' || when !== ''),
    filters: form.filters.filter(({ column, parameter }) => column !== '' || parameter !== ''),
  };
}

/** Messages by the place in the resource, such as `pagination.limit`. */
export type FieldErrors = Readonly<Record<string, string>>;

export type CheckedForm =
  | { readonly ok: true; readonly resource: Resource }
  | { readonly ok: false; readonly errors: FieldErrors };

/** The resource that the fields make, or what is wrong with them. */
export function resourceOfForm(form: ResourceForm): CheckedForm {
  const result = resourceSchema.safeParse(uncheckedResource(form));
  if (result.success) return { ok: true, resource: result.data };
  const errors: Record<string, string> = {};
  for (const issue of result.error.issues) errors[issue.path.join('.')] ??= issueText(issue);
  return { ok: false, errors };
}

/** A form that was kept as text; null for anything else. */
export function readResourceForm(text: string): ResourceForm | null {
  if (text === '') return null;
  try {
    return resourceFormSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

export const isSameForm = (one: ResourceForm, other: ResourceForm): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
