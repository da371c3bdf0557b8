import type { RequestBody } from '../../../../../shared/model/resources.ts';
import { AppError } from '../../../../base/AppError.ts';
import type { Pace } from '../../../../base/async/Pace.ts';
import type { OutgoingRequest } from '../../ApiSession.ts';
import { type JsonTape, tokenKinds } from '../../json/JsonTape.ts';
import { valueOfKey } from '../../json/jsonText.ts';
import { readJson } from '../../json/readJson.ts';
import { withParameter } from './queryText.ts';

/** A value for the body of the next request. */
export interface BodyValue {
  readonly text: string;
  /** As it stands in JSON: a number stays one. */
  readonly json: string;
}

/**
 * The body with one value more, at a path of names such as `page.after`; in GraphQL it is one of the variables. What else
 * is in the body stays as it is.
 * @throws INVALID_INPUT for a body that has no such place
 */
export async function withBodyParameter(
  request: OutgoingRequest,
  type: RequestBody['type'],
  parameter: string,
  value: BodyValue,
  pace: Pace,
): Promise<OutgoingRequest> {
  const { body } = request;
  switch (type) {
    case 'none':
    case 'json':
    case 'graphql': {
      const path = type === 'graphql' ? ['variables', ...parameter.split('.')] : parameter.split('.');
      const json = body === null ? Buffer.from('{}') : body.bytes;
      const bytes = Buffer.from(await withJsonValue(json, path, value.json, pace));
      return { ...request, body: { contentType: body?.contentType ?? 'application/json', bytes } };
    }
    case 'form': {
      const form = withParameter(body?.bytes.toString() ?? '', parameter, value.text);
      const contentType = body?.contentType ?? 'application/x-www-form-urlencoded';
      return { ...request, body: { contentType, bytes: Buffer.from(form) } };
    }
    default:
      throw noPlace(parameter);
  }
}

async function withJsonValue(
  json: Buffer,
  path: readonly string[],
  value: string,
  pace: Pace,
): Promise<string> {
  const { tape, roots } = await readJson(json, pace);
  const spliced = (from: number, to: number, text: string) =>
    `${json.toString('utf8', 0, from)}${text}${json.toString('utf8', to)}`;
  let object = roots[0] ?? -1;
  for (const [index, name] of path.entries()) {
    if (tape.kind(object) !== tokenKinds.object) throw noPlace(path.join('.'));
    const rest = path.slice(index + 1);
    const found = valueOfKey(tape, object, name);
    const isLast = rest.length === 0;
    if (found >= 0 && (isLast || tape.kind(found) !== tokenKinds.object)) {
      return spliced(tape.rawStart(found), tape.rawEnd(found), nested(rest, value));
    }
    if (found < 0) {
      const end = tape.rawEnd(object) - 1;
      return spliced(
        end,
        end,
        `${isEmpty(tape, object) ? '' : ','}${JSON.stringify(name)}:${nested(rest, value)}`,
      );
    }
    object = found;
  }
  throw noPlace(path.join('.'));
}

const isEmpty = (tape: JsonTape, object: number): boolean => tape.closing(object) === object + 1;

const nested = (path: readonly string[], value: string): string =>
  path.reduceRight((json, name) => `{${JSON.stringify(name)}:${json}}`, value);

const noPlace = (parameter: string): AppError =>
  new AppError('INVALID_INPUT', {
    title: 'The cursor has no place in the body',
    detail: `“${parameter}” can be set in a body of JSON, GraphQL or a form.`,
    fixes: ['Change the body of the resource, or send the cursor in the query.'],
  });
