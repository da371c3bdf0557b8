import { Lexer, tablesOf } from './Lexer.ts';
import type { LexicalRules, ScriptRules } from './LexicalRules.ts';
import { bind, openingOf, type Placeholders, parametersOf } from './parameters.ts';
import { ScriptReader, statementsOf } from './ScriptReader.ts';
import type { ParameterUse, SqlLanguage, Token } from './SqlLanguage.ts';
import { ScopeReader } from './scope/ScopeReader.ts';
import type { NameRules } from './scope/ScopeTokens.ts';
import { TraitReader } from './TraitReader.ts';
import type { TraitRules } from './TraitRules.ts';

/** All that makes one engine's SQL different from another's. */
export interface SqlRules {
  readonly lexical: LexicalRules;
  readonly script: ScriptRules;
  readonly traits: TraitRules;
  readonly placeholders: Placeholders;
  readonly names: NameRules;
}

export function createSqlLanguage(rules: SqlRules): SqlLanguage {
  const tables = tablesOf(rules.lexical);
  const scriptReader = (script: string) => new ScriptReader(script, tables, rules.script);
  const lexer = (statement: string) => new Lexer(statement, tables);

  const scopes = new ScopeReader(tables, rules.names);

  const parameters = (statement: string): ParameterUse[] => {
    if (!/[:$?]/.test(statement)) return [];
    if (rules.traits.definition.test(openingOf(lexer(statement)))) return [];
    return parametersOf(lexer(statement));
  };

  return {
    tokens: (script) => tokensOf(scriptReader(script)),
    statements: (script) => statementsOf(scriptReader(script)),
    parameters,
    withPlaceholders: (statement) => bind(statement, parameters(statement), rules.placeholders),
    traits: (statement) => new TraitReader(lexer(statement), rules.traits).read(),
    scopeAt: (statement, offset) => scopes.scopeAt(statement, offset),
    placeAt: (statement, offset) => scopes.placeAt(statement, offset),
    nameAt: (statement, offset) => scopes.nameAt(statement, offset),
  };
}

function tokensOf(reader: ScriptReader): Token[] {
  const tokens: Token[] = [];
  while (reader.next()) tokens.push({ kind: reader.kind, from: reader.from, to: reader.to });
  return tokens;
}
