import { Lexer, type LexerTables, tablesOf } from './Lexer.ts';
import type { LexicalRules, ScriptRules } from './LexicalRules.ts';
import { normalFormOf } from './normal/normalForm.ts';
import { bind, openingOf, type Placeholders, parametersOf } from './parameters.ts';
import { ScriptReader, statementsOf } from './ScriptReader.ts';
import type {
  LexicalModes,
  ParameterUse,
  SqlLanguage,
  StatementReading,
  Steps,
  Token,
} from './SqlLanguage.ts';
import { ScopeReader } from './scope/ScopeReader.ts';
import type { NameRules } from './scope/ScopeTokens.ts';
import { TraitReader } from './TraitReader.ts';
import type { TraitRules } from './TraitRules.ts';

/** All that makes one engine's SQL different from another's. */
export interface SqlRules {
  readonly lexical: (modes: LexicalModes) => LexicalRules;
  /** Of a session in which nobody has set others. */
  readonly usualModes: LexicalModes;
  readonly script: ScriptRules;
  readonly traits: TraitRules;
  readonly placeholders: Placeholders;
  readonly names: NameRules;
}

/** The language of an engine in its usual modes. */
export function createSqlLanguage(rules: SqlRules): SqlLanguage {
  const known = new Map<string, SqlLanguage>();
  const inModes = (modes: LexicalModes): SqlLanguage => {
    const key = keyOf(modes);
    const language = known.get(key) ?? languageIn(modes, rules, { tablesIn, inModes });
    known.set(key, language);
    return language;
  };
  const knownTables = new Map<string, LexerTables>();
  const tablesIn = (modes: LexicalModes): LexerTables => {
    const key = keyOf(modes);
    const tables = knownTables.get(key) ?? tablesOf(rules.lexical(modes));
    knownTables.set(key, tables);
    return tables;
  };
  return inModes(rules.usualModes);
}

const keyOf = ({ backslashEscapes, quotedNames }: LexicalModes): string =>
  `${backslashEscapes} ${quotedNames}`;

/** What all modes of a language share. */
interface Family {
  readonly tablesIn: (modes: LexicalModes) => LexerTables;
  readonly inModes: (modes: LexicalModes) => SqlLanguage;
}

function languageIn(modes: LexicalModes, rules: SqlRules, { tablesIn, inModes }: Family): SqlLanguage {
  const tables = tablesIn(modes);
  const scriptReader = (script: string) => new ScriptReader(script, modes, tablesIn, rules.script);
  const lexer = (statement: string) => new Lexer(statement, tables);
  const scopes = new ScopeReader(tables, rules.names);

  function* parameters(statement: string): Steps<ParameterUse[]> {
    if (!/[:$?]/.test(statement)) return [];
    if (rules.traits.definition.test(openingOf(lexer(statement)))) return [];
    return yield* parametersOf(lexer(statement));
  }
  const traits = (statement: string) => new TraitReader(lexer(statement), rules.traits).read();
  function* read(statement: string): Steps<StatementReading> {
    return { traits: yield* traits(statement), parameters: yield* parameters(statement) };
  }

  return {
    modes,
    inModes,
    tokens: (script) => tokensOf(scriptReader(script)),
    statements: (script) => statementsOf(scriptReader(script)),
    parameters: (statement) => finish(parameters(statement)),
    withPlaceholders: (statement, uses = finish(parameters(statement))) =>
      bind(statement, uses, rules.placeholders),
    traits: (statement) => finish(traits(statement)),
    read,
    scopeAt: (statement, offset) => scopes.scopeAt(statement, offset),
    placeAt: (statement, offset) => scopes.placeAt(statement, offset),
    nameAt: (statement, offset) => scopes.nameAt(statement, offset),
    normalForm: (statement) => normalFormOf(statement, lexer, rules.names),
  };
}

/** Reads to the end without a pause. */
function finish<Value>(steps: Steps<Value>): Value {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

function tokensOf(reader: ScriptReader): Token[] {
  const tokens: Token[] = [];
  while (reader.next()) tokens.push({ kind: reader.kind, from: reader.from, to: reader.to });
  return tokens;
}
