import type { Resource } from '../../../../../shared/model/resources.ts';
import type { Pace } from '../../../../base/async/Pace.ts';
import { type JsonTape, tokenKinds } from '../../json/JsonTape.ts';
import { valuesIn } from '../../json/jsonText.ts';
import { nothingSelected } from '../readingErrors.ts';
import { evaluate } from './evaluate.ts';
import type { RecordSet } from './RecordSet.ts';
import { followPath, type PathResult, simplePath } from './simplePath.ts';

type SelectingParts = Pick<Resource, 'selector' | 'keyColumn' | 'messageSelector'>;

/**
 * The records in an answer: a list has one for each value, an object by key one for each entry, anything else is one by
 * itself; null has none.
 * @throws QUERY_FAILED when there is nothing where the selector leads, with what is there and what the API says
 */
export async function selectRecords(
  tape: JsonTape,
  root: number,
  resource: SelectingParts,
  pace: Pace,
): Promise<RecordSet> {
  const selector = resource.selector.trim();
  const path = simplePath(selector);
  if (path === null) {
    const found = await evaluate(tape, root, selector, pace);
    if (found.tokens !== null) return { tape: found.tape, tokens: found.tokens, keys: null };
    if (found.token < 0) throw await nothingSelected(tape, root, root, selector, resource, pace);
    return spread(found.tape, found.token, resource);
  }
  const result: PathResult = followPath(tape, root, path);
  switch (result.type) {
    case 'missing':
      throw await nothingSelected(tape, root, result.at, selector, resource, pace);
    case 'values':
      return { tape, tokens: result.tokens, keys: result.keys };
    case 'value':
      return spread(tape, result.token, resource);
  }
}

function spread(tape: JsonTape, token: number, { keyColumn }: Pick<Resource, 'keyColumn'>): RecordSet {
  switch (tape.kind(token)) {
    case tokenKinds.array:
      return { tape, tokens: valuesIn(tape, token), keys: null };
    case tokenKinds.null:
      return { tape, tokens: [], keys: null };
    case tokenKinds.object: {
      if (keyColumn === null) return { tape, tokens: [token], keys: null };
      const values = valuesIn(tape, token);
      return { tape, tokens: values, keys: values.map((value) => value - 1) };
    }
    default:
      return { tape, tokens: [token], keys: null };
  }
}
