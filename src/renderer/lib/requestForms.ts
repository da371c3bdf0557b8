import { z } from 'zod';
import { type ApiRequest, apiRequestSchema } from '../../shared/model/requests.ts';
import {
  methodSchema,
  type Pair,
  type Parameter,
  parameterSchema,
  type RequestBody,
} from '../../shared/model/resources.ts';

/** What the fields of a request hold while a person types: everything that a kind of body needs, whichever is chosen. */

export const pairFormSchema = z.strictObject({ name: z.string(), value: z.string() });
export type PairForm = z.infer<typeof pairFormSchema>;

/** A parameter whose name may not be there yet. */
export const parameterFormSchema = z.strictObject({
  ...parameterSchema.shape,
  name: z.string(),
  value: z.string(),
});
export type ParameterForm = z.infer<typeof parameterFormSchema>;

const partFormSchema = z.strictObject({
  name: z.string(),
  contentType: z.string(),
  isFile: z.boolean(),
  /** The text itself, or the path of the file. */
  value: z.string(),
});
export type PartForm = z.infer<typeof partFormSchema>;

export const bodyTypes = [
  'none',
  'json',
  'form',
  'multipart',
  'graphql',
  'text',
] as const satisfies readonly RequestBody['type'][];

export const bodyFormSchema = z.strictObject({
  type: z.enum(bodyTypes),
  json: z.string(),
  fields: z.array(pairFormSchema),
  parts: z.array(partFormSchema),
  query: z.string(),
  variables: z.string(),
  contentType: z.string(),
  text: z.string(),
});
export type BodyForm = z.infer<typeof bodyFormSchema>;

export const requestFormSchema = z.strictObject({
  method: methodSchema,
  path: z.string(),
  parameters: z.array(parameterFormSchema),
  headers: z.array(pairFormSchema),
  body: bodyFormSchema,
});
export type RequestForm = z.infer<typeof requestFormSchema>;

const emptyBody: BodyForm = {
  type: 'none',
  json: '',
  fields: [],
  parts: [],
  query: '',
  variables: '',
  contentType: 'text/plain',
  text: '',
};

export const newParameter: ParameterForm = {
  name: '',
  place: 'query',
  value: '',
  isRequired: false,
  isList: false,
  isExploded: true,
  description: '',
  choices: [],
};

export const newRequest: RequestForm = {
  method: 'GET',
  path: '/',
  parameters: [],
  headers: [],
  body: emptyBody,
};

/** Lines that nobody has filled in are not there. */
const isFilled = ({ name, value }: PairForm): boolean => name !== '' || value !== '';

export const pairsOf = (pairs: readonly PairForm[]): Pair[] =>
  pairs.filter(isFilled).map(({ name, value }) => ({ name: name.trim(), value }));

export const parametersOf = (parameters: readonly ParameterForm[]): Parameter[] =>
  parameters.filter(isFilled).map((parameter) => ({ ...parameter, name: parameter.name.trim() }));

export function bodyOf(form: BodyForm): RequestBody {
  switch (form.type) {
    case 'none':
      return { type: 'none' };
    case 'json':
      return { type: 'json', text: form.json };
    case 'form':
      return { type: 'form', fields: pairsOf(form.fields) };
    case 'multipart':
      return {
        type: 'multipart',
        parts: form.parts.filter(isFilled).map(({ name, contentType, isFile, value }) => ({
          name: name.trim(),
          contentType: contentType.trim(),
          content: isFile ? { type: 'file', path: value } : { type: 'text', text: value },
        })),
      };
    case 'graphql':
      return { type: 'graphql', query: form.query, variables: form.variables };
    case 'text':
      return { type: 'text', contentType: form.contentType.trim(), text: form.text };
  }
}

export function formOfBody(body: RequestBody): BodyForm {
  switch (body.type) {
    case 'none':
      return emptyBody;
    case 'json':
      return { ...emptyBody, type: 'json', json: body.text };
    case 'form':
      return { ...emptyBody, type: 'form', fields: body.fields };
    case 'multipart':
      return {
        ...emptyBody,
        type: 'multipart',
        parts: body.parts.map(({ name, contentType, content }) => ({
          name,
          contentType,
          isFile: content.type === 'file',
          value: content.type === 'file' ? content.path : content.text,
        })),
      };
    case 'graphql':
      return { ...emptyBody, type: 'graphql', query: body.query, variables: body.variables };
    case 'text':
      return { ...emptyBody, type: 'text', contentType: body.contentType, text: body.text };
  }
}

export const formOfRequest = ({ body, ...request }: ApiRequest): RequestForm => ({
  ...request,
  body: formOfBody(body),
});

/** The request that the fields make; null while something in them is not right. */
export function requestOf(form: RequestForm): ApiRequest | null {
  const { success, data } = apiRequestSchema.safeParse({
    method: form.method,
    path: form.path.trim(),
    parameters: parametersOf(form.parameters),
    headers: pairsOf(form.headers),
    body: bodyOf(form.body),
  });
  return success ? data : null;
}

/** Those that go with their place: `{id}` in a path has a parameter, and one without its place in the path goes. */
export function withPathParameters(
  parameters: readonly ParameterForm[],
  path: string,
): readonly ParameterForm[] {
  const names = new Set([...path.matchAll(/(?<!\{)\{([^{}\s]+)\}(?!\})/g)].map(([, name]) => name ?? ''));
  const known = new Set(parameters.filter(({ place }) => place === 'path').map(({ name }) => name));
  const kept = parameters.filter(
    ({ place, name, value }) => place !== 'path' || names.has(name) || value !== '',
  );
  const added = [...names]
    .filter((name) => !known.has(name))
    .map((name): ParameterForm => ({ ...newParameter, name, place: 'path', isRequired: true }));
  return added.length === 0 && kept.length === parameters.length ? parameters : [...added, ...kept];
}
