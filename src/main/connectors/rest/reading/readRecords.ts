import { isSameResource, type Resource } from '../../../../shared/model/resources.ts';
import { AppError } from '../../../base/AppError.ts';
import { type JsonTape, tokenKinds } from '../json/JsonTape.ts';
import { plainTextOf, textOf } from '../json/jsonText.ts';
import type { TemplateScope, TemplateValue, TemplateValues } from '../templates/TemplateScope.ts';
import { scalarField } from './columns/inferColumns.ts';
import { type ReadingOptions, readPages } from './readPages.ts';
import type { RecordSet } from './selecting/RecordSet.ts';

/** How deep values of a parent's record can be named. */
const maxDepth = 4;

/**
 * The records of a resource. One that has a parent is asked for once for each record of it, one after the other, while
 * the parent's records come.
 * @throws as `readPages`; NOT_FOUND for a parent that is not there
 */
export function readRecords(options: ReadingOptions): AsyncGenerator<RecordSet> {
  return options.resource.parent === null ? readPages(options) : readOfParents(options);
}

async function* readOfParents(options: ReadingOptions): AsyncGenerator<RecordSet> {
  for await (const scope of scopesOf(options)) yield* readPages({ ...options, scope });
}

/**
 * What the templates of a resource can name: once, or once for each record of its parent.
 * @param below resources that are read for each record of this one
 * @throws as `readRecords`
 */
export async function* scopesOf(
  options: ReadingOptions,
  below: readonly Resource[] = [],
): AsyncGenerator<TemplateScope> {
  const { resource, session } = options;
  if (resource.parent === null) {
    yield options.scope;
    return;
  }
  const parent = parentOf(session().config.resources, resource, below);
  const { firstAnswer: _, onAnswer: __, ...rest } = options;
  const ofParent = { ...rest, resource: parent, filters: [] };
  for await (const scope of scopesOf(ofParent, [...below, resource])) {
    for await (const { tape, tokens } of readPages({ ...ofParent, scope })) {
      for (const token of tokens) {
        yield { ...scope, values: new Map([...scope.values, ['parent', fieldsOf(tape, token)] as const]) };
      }
    }
  }
}

function parentOf(resources: readonly Resource[], child: Resource, below: readonly Resource[]): Resource {
  const { parent } = child;
  const isParent = (one: Resource) => isSameResource(parent, one);
  const found = resources.find(isParent);
  if (found === undefined) {
    throw new AppError('NOT_FOUND', {
      title: 'The parent of this resource does not exist',
      detail: `“${child.name}” is read for each record of “${parent?.name ?? ''}”.`,
      fixes: ['Choose another parent in the settings of the resource.'],
    });
  }
  if (isParent(child) || below.some(isParent)) {
    throw new AppError('INVALID_INPUT', {
      title: 'The parents of this resource go in a circle',
      detail: `“${found.name}” would be read for each of its own records.`,
      fixes: ['Choose another parent in the settings of the resource.'],
    });
  }
  return found;
}

/** What `{{ parent.… }}` can name. */
function fieldsOf(tape: JsonTape, record: number, depth = 1): TemplateValues {
  if (tape.kind(record) !== tokenKinds.object) return new Map([[scalarField, plainTextOf(tape, record)]]);
  const fields = new Map<string, TemplateValue>();
  const closing = tape.closing(record);
  for (let key = record + 1; key < closing; key = tape.next(key + 1)) {
    const value = key + 1;
    const isDeeper = tape.kind(value) === tokenKinds.object && depth < maxDepth;
    fields.set(textOf(tape, key), isDeeper ? fieldsOf(tape, value, depth + 1) : plainTextOf(tape, value));
  }
  return fields;
}
