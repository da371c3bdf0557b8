import type { RestConfig } from '../../../../shared/engines/rest/config.ts';
import type { ApiRequest } from '../../../../shared/model/requests.ts';
import type { Pair, Parameter, Resource } from '../../../../shared/model/resources.ts';
import { AppError } from '../../../base/AppError.ts';
import type { OutgoingRequest } from '../ApiSession.ts';
import type { HeaderLines } from '../HeaderLines.ts';
import type { TemplateScope } from '../templates/TemplateScope.ts';
import { renderedText } from '../templates/template.ts';
import { headerLine } from './headerLine.ts';
import { builtBody } from './requestBody.ts';
import { encoded, requestUrl } from './requestUrl.ts';

export type RequestParts = Pick<Resource | ApiRequest, 'method' | 'path' | 'parameters' | 'body'> & {
  readonly headers?: readonly Pair[];
};

/**
 * A request as it goes out, but for what the client adds. Values are escaped for where they go: once, and never so that
 * they mean more than a value there.
 * @param scope what templates can name beside `config`
 * @param readFile reads a file of a multipart body; without it there may be none, as in a resource, which may come from
 *   somebody else
 * @throws INVALID_INPUT for a template, a name or a required parameter; FILE_FAILED, TOO_LARGE
 */
export async function buildRequest(
  config: RestConfig,
  parts: RequestParts,
  scope: TemplateScope,
  readFile: (path: string) => Promise<Buffer> = refuseFile,
): Promise<OutgoingRequest> {
  const whole = withConfig(config, scope);
  const parameters = parts.parameters.flatMap((parameter) => filled(parameter, whole));
  const placed = (place: Parameter['place']) => parameters.filter((each) => each.place === place);
  const body = await builtBody(parts.body, whole, readFile);
  return {
    method: parts.method,
    url: requestUrl({
      base: config.baseUrl,
      path: parts.path,
      pathValues: new Map(placed('path').map(({ name, values }) => [name, values.map(encoded).join(',')])),
      query: [...configQuery(config, whole), ...placed('query').flatMap(queryOf)],
      scope: whole,
    }),
    headers: [
      ...placed('header').map(({ name, values }) => headerLine(name, values.join(','))),
      ...(parts.headers ?? []).map(({ name, value }) => headerLine(name, renderedText(value, whole))),
      ...acceptOf(parts),
    ],
    body,
    isRepeatable: isGraphqlQuery(parts),
    rules: [],
    messageSelector: '',
  };
}

const refuseFile = (): Promise<never> =>
  Promise.reject(
    new AppError('INVALID_INPUT', {
      title: 'A resource cannot send files of this computer',
      detail: 'Resources are read without a question, and may have been made by somebody else.',
      fixes: ['Send the request in a request tab.'],
    }),
  );

/** A parameter of the query, its name and value encoded. */
export type QueryPair = readonly [name: string, value: string];

const configQuery = ({ query }: RestConfig, scope: TemplateScope): QueryPair[] =>
  query.map(({ name, value }) => [encoded(name), encoded(renderedText(value, scope))]);

function withConfig({ variables }: RestConfig, scope: TemplateScope): TemplateScope {
  const config = new Map(variables.map(({ name, value }) => [name, value]));
  return { ...scope, values: new Map([['config', config], ...scope.values]) };
}

interface FilledParameter {
  readonly name: string;
  readonly place: Parameter['place'];
  readonly values: readonly string[];
  readonly isExploded: boolean;
}

/** A parameter with its values; none when it is left out. */
function filled(parameter: Parameter, scope: TemplateScope): FilledParameter[] {
  const { name, place, isList, isExploded, isRequired } = parameter;
  const text = renderedText(parameter.value, scope);
  const values = isList
    ? text.split('\n').filter((line) => line !== '')
    : [text].filter((each) => each !== '');
  if (values.length > 0) return [{ name, place, values, isExploded }];
  // A path without the value would be another path.
  if (!isRequired && place !== 'path') return [];
  throw new AppError('INVALID_INPUT', {
    title: `The parameter “${name}” has no value`,
    detail: 'The request cannot be sent without it.',
    fixes: ['Give it a value in the settings of the resource.'],
  });
}

const queryOf = ({ name, values, isExploded }: FilledParameter): QueryPair[] =>
  isExploded
    ? values.map((value) => [encoded(name), encoded(value)])
    : [[encoded(name), values.map(encoded).join(',')]];

/** Said unless somebody says otherwise. */
function acceptOf({ headers = [], parameters }: RequestParts): HeaderLines {
  const isAccept = ({ name }: { readonly name: string }) => name.toLowerCase() === 'accept';
  return headers.some(isAccept) || parameters.some((each) => each.place === 'header' && isAccept(each))
    ? []
    : [['accept', 'application/json, application/x-ndjson;q=0.9, */*;q=0.5']];
}

/** A query of GraphQL changes nothing; a mutation or a subscription says so in its first word. */
const isGraphqlQuery = ({ body }: RequestParts): boolean =>
  body.type === 'graphql' && !/\b(?:mutation|subscription)\b/.test(body.query);
