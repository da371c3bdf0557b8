import type { Completion } from '@codemirror/autocomplete';
import type { CatalogueNode, Column } from '../../../../shared/model/schemaTree.ts';
import type { SqlLanguage } from '../../../../shared/sql/SqlLanguage.ts';
import type { SqlWords } from '../../../../shared/sql/SqlWords.ts';
import type {
  ColumnSource,
  Expected,
  ScopeRelation,
  SqlScope,
} from '../../../../shared/sql/scope/SqlScope.ts';
import { queryText } from '../../../text/query.ts';
import { findRelation, isSameName, type NameContext, relationCalled, searchedSchemas } from './names.ts';
import {
  columnOption,
  functionOptions,
  nameOption,
  phraseOptions,
  type Quote,
  relationOptions,
  typeOptions,
} from './options.ts';

/** What the advice is about. */
export interface AdviceContext extends NameContext {
  readonly language: SqlLanguage;
  readonly words: SqlWords;
  readonly quote: Quote;
}

/** What can be written at a place. */
export interface Advice {
  /** Where the word that is replaced begins, in the statement. */
  readonly from: number;
  readonly options: readonly Completion[];
  /** Offered without being asked for once so many characters are typed: one letter behind a relation is a new alias. */
  readonly typedCount: number;
}

/** What a name means. */
export type Meaning =
  | { readonly type: 'relation'; readonly node: CatalogueNode }
  | { readonly type: 'column'; readonly node: CatalogueNode; readonly column: Column };

/** Columns of so many relations at most are offered without a qualifier. */
const maxOfferedRelations = 20;

const meaningOfNode = (node: CatalogueNode | null): Meaning | null =>
  node === null ? null : { type: 'relation', node };

/** Knows what the names in a statement mean, and which ones can be written. */
export class SqlAdvisor {
  readonly #context: AdviceContext;

  constructor(context: AdviceContext) {
    this.#context = context;
  }

  /** @returns null where nothing is to be offered */
  async complete(statement: string, position: number): Promise<Advice | null> {
    const { language } = this.#context;
    const place = language.placeAt(statement, position);
    if (place === null) return null;
    const scope = language.scopeAt(statement, position);
    const options =
      place.qualifier.length > 0
        ? await this.#qualified(scope, place.qualifier)
        : await this.#unqualified(scope, place.expects);
    return { from: place.from, options, typedCount: place.expects === 'continuation' ? 2 : 0 };
  }

  /** What the name at a place means; null when nothing is known of it. */
  async meaningAt(
    statement: string,
    position: number,
  ): Promise<(Meaning & { from: number; to: number }) | null> {
    const { language } = this.#context;
    const name = language.nameAt(statement, position);
    if (name === null) return null;
    const scope = language.scopeAt(statement, position);
    const meaning =
      name.relation === null
        ? await this.#meaning(scope, name.path)
        : meaningOfNode(this.#nodeOf(name.relation));
    return meaning === null ? null : { ...meaning, from: name.from, to: name.to };
  }

  #meaning(scope: SqlScope, parts: readonly string[]): Promise<Meaning | null> {
    const last = parts.at(-1) ?? '';
    const owner = parts.at(-2);
    return owner === undefined
      ? this.#meaningOfName(scope, last)
      : this.#meaningIn(scope, parts.at(-3) ?? null, owner, last);
  }

  /** A column of a relation in the statement is meant rather than a relation that the statement does not name. */
  async #meaningOfName(scope: SqlScope, name: string): Promise<Meaning | null> {
    for (const relation of scope.relations.slice(0, maxOfferedRelations)) {
      const column = await this.#columnOf(this.#nodeOf(relation), name);
      if (column !== null) return column;
    }
    return meaningOfNode(findRelation(this.#context, null, name));
  }

  async #meaningIn(
    scope: SqlScope,
    schema: string | null,
    owner: string,
    name: string,
  ): Promise<Meaning | null> {
    const called = schema === null ? relationCalled(scope, owner) : null;
    const node = called === null ? findRelation(this.#context, schema, owner) : this.#nodeOf(called);
    const column = await this.#columnOf(node, name);
    return column ?? meaningOfNode(findRelation(this.#context, owner, name));
  }

  async #columnOf(node: CatalogueNode | null, name: string): Promise<Meaning | null> {
    if (node === null) return null;
    const columns = (await this.#context.catalogue.detailOf(node))?.columns ?? [];
    const column =
      columns.find((one) => one.name === name) ?? columns.find((one) => isSameName(one.name, name));
    return column === undefined ? null : { type: 'column', node, column };
  }

  /** Null for what the statement makes for itself, and for what the catalogue does not have. */
  #nodeOf(relation: ScopeRelation): CatalogueNode | null {
    if (relation.name === null || relation.columns !== null) return null;
    return findRelation(this.#context, relation.schema, relation.name);
  }

  async #columns(relation: ScopeRelation, boost: number): Promise<readonly Completion[]> {
    const { quote, catalogue } = this.#context;
    const { columns, alias } = relation;
    if (columns !== null) {
      const one = (column: ColumnSource) =>
        'all' in column
          ? this.#columns(column.all, boost)
          : [nameOption(quote, column.name, alias ?? '', boost)];
      return (await Promise.all(columns.map(one))).flat();
    }
    const node = this.#nodeOf(relation);
    const detail = node === null ? null : await catalogue.detailOf(node);
    return (detail?.columns ?? []).map((column) => columnOption(quote, column, boost));
  }

  async #qualified(scope: SqlScope, qualifier: readonly string[]): Promise<readonly Completion[]> {
    const { catalogue, quote } = this.#context;
    const [first = '', second] = qualifier.slice(-2);
    if (second !== undefined) {
      return this.#columns({ schema: first, name: second, alias: null, columns: null }, 0);
    }
    const called = relationCalled(scope, first) ?? {
      schema: null,
      name: first,
      alias: null,
      columns: null,
    };
    const columns = await this.#columns(called, 10);
    const schema = catalogue.schemas()?.find(({ name }) => isSameName(name, first));
    const relations =
      schema === undefined ? [] : relationOptions(quote, catalogue.nodesOf(schema.name), false);
    return [...columns, ...relations];
  }

  async #unqualified(scope: SqlScope, expects: Expected): Promise<readonly Completion[]> {
    const { words } = this.#context;
    switch (expects) {
      case 'start':
        return phraseOptions(words.starts, 0);
      case 'relation':
        return [...this.#relations(scope), ...phraseOptions(['SELECT', 'LATERAL'], -5)];
      case 'column':
        return scope.target === null ? [] : this.#columns(scope.target, 10);
      case 'type':
        return typeOptions(words);
      case 'continuation':
        return [
          ...phraseOptions(words.clauses, 4),
          ...phraseOptions(words.operators, 2),
          ...phraseOptions(words.starts, -8),
          ...typeOptions(words),
        ];
      case 'expression':
        return [
          ...(await this.#names(scope, 10)),
          ...functionOptions(words),
          ...phraseOptions(words.operators, -3),
          ...phraseOptions(words.clauses, -4),
          ...typeOptions(words),
        ];
    }
  }

  /** Columns of all relations of the statement, and what the relations are called. */
  async #names(scope: SqlScope, boost: number): Promise<readonly Completion[]> {
    const { quote } = this.#context;
    const relations = scope.relations.slice(0, maxOfferedRelations);
    const columns = await Promise.all(relations.map((relation) => this.#columns(relation, boost)));
    const names = relations.flatMap(({ alias }) => alias ?? []);
    return [
      ...columns.flat(),
      ...names.map((name) => nameOption(quote, name, queryText.completion.alias, boost - 3)),
    ];
  }

  /** Everything that rows can be read from: without a schema what the server finds without one. */
  #relations(scope: SqlScope): readonly Completion[] {
    const { catalogue, quote } = this.#context;
    const ctes = scope.commonTables.map(({ name }) => nameOption(quote, name, queryText.completion.cte, 15));
    const searched = searchedSchemas(this.#context);
    const schemas = catalogue.schemas() ?? [];
    const taken = new Set<string>();
    const first = searched.flatMap((schema) =>
      relationOptions(quote, catalogue.nodesOf(schema), false).filter(({ label }) => {
        const isHidden = taken.has(label);
        taken.add(label);
        return !isHidden;
      }),
    );
    const others = schemas
      .filter(({ name, isSystem }) => !isSystem && !searched.includes(name))
      .flatMap(({ name }) => relationOptions(quote, catalogue.nodesOf(name), true));
    const names = schemas.map(({ name, isSystem }) =>
      nameOption(quote, name, queryText.completion.schema, isSystem ? -10 : 2),
    );
    return [...ctes, ...first, ...others, ...names];
  }
}
