import type { Completion } from '@codemirror/autocomplete';
import type { CatalogueNode, Column } from '../../../../shared/model/schemaTree.ts';
import type { SqlWords } from '../../../../shared/sql/SqlWords.ts';
import { isRelation } from '../../../lib/isRelation.ts';
import { queryText } from '../../../text/query.ts';
import { schemaText } from '../../../text/schema.ts';

/** Writes a name with the quotes that it needs. */
export type Quote = (name: string) => string;

const words = queryText.completion;

const plain = /^[a-z_][a-z0-9_$]*$/;

/** As a name is written in a statement: quotes only where it would mean another one without them. */
const written = (quote: Quote, name: string): string => (plain.test(name) ? name : quote(name));

export const columnOption = (quote: Quote, column: Column, boost: number): Completion => ({
  label: column.name,
  apply: written(quote, column.name),
  detail: column.type,
  type: 'property',
  boost,
  ...(column.comment !== null && column.comment !== '' && { info: column.comment }),
});

export const nameOption = (quote: Quote, name: string, detail: string, boost: number): Completion => ({
  label: name,
  apply: written(quote, name),
  detail,
  type: 'variable',
  boost,
});

/** @param isQualified whether its schema must be written */
function relationOption(quote: Quote, node: CatalogueNode, isQualified: boolean): Completion {
  const name = written(quote, node.name);
  const qualified = `${written(quote, node.schema)}.${name}`;
  return {
    label: isQualified ? `${node.schema}.${node.name}` : node.name,
    apply: isQualified ? qualified : name,
    detail: schemaText.kindLabel[node.kind].toLowerCase(),
    type: 'type',
    boost: isQualified ? 0 : 5,
    ...(node.comment !== null && node.comment !== '' && { info: node.comment }),
  };
}

interface NodeOptions {
  readonly qualified: readonly Completion[];
  readonly unqualified: readonly Completion[];
}

/** Ten thousand options are made once for each list of names. */
const optionsOfNodes = new WeakMap<readonly CatalogueNode[], NodeOptions>();

export function relationOptions(
  quote: Quote,
  nodes: readonly CatalogueNode[],
  isQualified: boolean,
): readonly Completion[] {
  let known = optionsOfNodes.get(nodes);
  if (known === undefined) {
    const relations = nodes.filter(isRelation);
    known = {
      qualified: relations.map((node) => relationOption(quote, node, true)),
      unqualified: relations.map((node) => relationOption(quote, node, false)),
    };
    optionsOfNodes.set(nodes, known);
  }
  return isQualified ? known.qualified : known.unqualified;
}

export const phraseOptions = (phrases: readonly string[], boost: number): readonly Completion[] =>
  phrases.map((label) => ({ label, type: 'keyword', detail: words.keyword, boost }));

export const functionOptions = ({ functions }: SqlWords): readonly Completion[] =>
  functions.map(({ name, args }) => ({
    label: name,
    apply: `${name}(`,
    detail: `(${args})`,
    type: 'function',
    boost: -2,
  }));

export const typeOptions = ({ types }: SqlWords): readonly Completion[] =>
  types.map((label) => ({ label, type: 'class', detail: words.type, boost: -6 }));
