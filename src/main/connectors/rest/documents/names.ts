import { plainText } from '../../../../shared/model/fieldText.ts';
import { clipped } from './JsonTree.ts';

/** As long as the name of a resource or of a group may be. */
const maxLength = 128;

/** What a list is called in its operation without saying more. */
const verbs = new Set(['list', 'get', 'fetch', 'find', 'read', 'retrieve', 'index', 'show', 'query', 'all']);

const nameSchema = plainText('Name');

/** `listOrdersOfCustomer` and `orders/list-of-customer` are `orders_of_customer`: a name that needs no quotes. */
export function resourceName(operationId: string, summary: string, path: string): string {
  const named = [operationId, summary].map(wordsOf).find((words) => words.length > 0);
  const words = withoutVerb(named ?? wordsOf(path.replace(/\{[^}]*\}/g, ' ')));
  const name = clipped(words.join('_'), maxLength - 8);
  return nameSchema.safeParse(name).success && name !== '' ? name : 'resource';
}

function wordsOf(text: string): string[] {
  return text
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

function withoutVerb(words: readonly string[]): readonly string[] {
  const rest = words.filter(
    (word, index) => !(verbs.has(word) && (index === 0 || index === words.length - 1)),
  );
  return rest.length > 0 ? rest : words;
}

/** The first tag of an operation, or the first word of its path. */
export function groupName(tag: string, path: string): string {
  const [segment = ''] = path.split('/').filter((part) => part !== '' && !part.startsWith('{'));
  const name = clipped(tag || segment, maxLength);
  return nameSchema.safeParse(name).success && name.trim() !== '' ? name : 'Resources';
}

/** Gives each name once in its group: the second `users` is `users_2`. */
export class DistinctNames {
  readonly #given = new Set<string>();

  in(group: string, name: string): string {
    let candidate = name;
    for (let number = 2; this.#given.has(`${group}\n${candidate}`); number += 1) {
      candidate = `${name}_${number}`;
    }
    this.#given.add(`${group}\n${candidate}`);
    return candidate;
  }
}
