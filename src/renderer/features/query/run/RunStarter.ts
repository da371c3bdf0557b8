import type { ErrorDto } from '../../../../shared/errors/errorDto.ts';
import type { DataSourceId } from '../../../../shared/model/ids.ts';
import type { ParameterValue, Risk } from '../../../../shared/model/query.ts';
import type { FileFormat } from '../../../../shared/model/results.ts';
import type { TabOf } from '../../../../shared/model/tabs.ts';
import type { LexicalModes, SqlLanguage } from '../../../../shared/sql/SqlLanguage.ts';
import type { QueryStore } from '../session/createQueryStore.ts';
import type { Questions } from '../session/questions.ts';
import { parameterNames } from './parameters.ts';
import { acceptedRisks, riskyStatements } from './risks.ts';
import { explained, partsToRun, type RunPart, type RunScope, type ScriptRange } from './scriptParts.ts';

/** What a run needs to know of its data source. */
export interface RunSource {
  readonly id: DataSourceId;
  readonly name: string;
  readonly isProduction: boolean;
  /** The server, or the session, refuses to write: nobody needs to be asked about that. */
  readonly isReadOnly: boolean;
  readonly language: SqlLanguage;
}

/** A statement whose rows go straight to a file. */
export interface SavedStatement {
  readonly sourceId: DataSourceId;
  readonly statement: string;
  readonly modes: LexicalModes;
  readonly parameters: ParameterValue[];
  readonly acceptedRisks: Risk[];
  readonly format: FileFormat;
}

export interface StarterPorts {
  readonly tab: () => TabOf<'query'> | null;
  readonly source: () => RunSource | null;
  /** The text of the tab, with cursor and selection. */
  readonly script: () => { readonly text: string; readonly range: ScriptRange } | null;
  readonly questions: Pick<Questions, 'ask'>;
  readonly store: () => QueryStore;
  /** Connects a data source that is not. @returns whether it can be used now; why not is told elsewhere */
  readonly connect: (id: DataSourceId) => Promise<boolean>;
  /** Null: all rows. */
  readonly rowLimit: () => number | null;
  /** Lets the person choose a data source. */
  readonly chooseSource: () => void;
  readonly nothingToRun: () => ErrorDto;
  readonly save: (saved: SavedStatement) => Promise<void>;
}

/** What was found out before anything is sent. */
interface Prepared {
  readonly source: RunSource;
  readonly parts: readonly RunPart[];
  readonly parameters: ParameterValue[];
  readonly acceptedRisks: Risk[];
}

/** From a key press to a run: what is run, with which values, and whether the person really wants it. */
export class RunStarter {
  readonly #ports: StarterPorts;
  /** Between the key press and the run, a second key press does nothing. */
  #isStarting = false;

  constructor(ports: StarterPorts) {
    this.#ports = ports;
  }

  run(scope: RunScope): Promise<void> {
    return this.#start(scope);
  }

  /** Asks the server how it would run the statement at the cursor, or what is selected. */
  explain(): Promise<void> {
    return this.#start('here', explained);
  }

  #start(scope: RunScope, change?: (part: RunPart) => RunPart): Promise<void> {
    return this.#once(async () => {
      const prepared = await this.#prepare(scope, change);
      const tab = this.#ports.tab();
      if (prepared === null || tab === null) return;
      const { source, parts, parameters, acceptedRisks: accepted } = prepared;
      this.#ports.store().start(parts, {
        sourceId: source.id,
        parameters,
        onError: tab.onError,
        commit: tab.commit,
        timeoutMs: tab.timeoutMs,
        rowLimit: this.#ports.rowLimit(),
        acceptedRisks: accepted,
      });
    });
  }

  /** Runs the statement at the cursor and saves what it returns, in the format that the person chooses. */
  save(): Promise<void> {
    return this.#once(async () => {
      const prepared = await this.#prepare('here');
      const [part] = prepared?.parts ?? [];
      if (prepared === null || part === undefined) return;
      const format = await this.#ports.questions.ask<'format'>({ type: 'format' });
      if (format === null) return;
      const { source, parameters, acceptedRisks: accepted } = prepared;
      await this.#ports.save({
        sourceId: source.id,
        statement: part.text,
        modes: part.modes,
        parameters,
        acceptedRisks: accepted,
        format,
      });
    });
  }

  async #once(work: () => Promise<void>): Promise<void> {
    if (this.#isStarting) return;
    this.#isStarting = true;
    try {
      await work();
    } finally {
      this.#isStarting = false;
    }
  }

  /** Null when there is nothing to run, or somebody said no. */
  async #prepare(scope: RunScope, change = (part: RunPart): RunPart => part): Promise<Prepared | null> {
    const source = this.#ports.source();
    if (source === null) {
      this.#ports.chooseSource();
      return null;
    }
    const script = this.#ports.script();
    const found = script === null ? [] : partsToRun(source.language, script.text, script.range, scope);
    const parts = found.map(change);
    if (parts.length === 0) {
      this.#ports.store().report(this.#ports.nothingToRun());
      return null;
    }
    const accepted = await this.#accept(source, parts);
    if (accepted === null) return null;
    const parameters = await this.#parameters(source, parts);
    if (parameters === null || !(await this.#ports.connect(source.id))) return null;
    return { source, parts, parameters: [...parameters], acceptedRisks: accepted };
  }

  async #accept(source: RunSource, parts: readonly RunPart[]): Promise<Risk[] | null> {
    const statements = riskyStatements(source.language, parts, source.isProduction);
    // A read-only data source refuses with its reason: there is nothing to ask.
    if (statements.length === 0 || source.isReadOnly) return acceptedRisks(statements);
    const mayRun = await this.#ports.questions.ask<'risks'>({
      type: 'risks',
      statements,
      statementCount: parts.length,
      sourceName: source.name,
    });
    return mayRun ? acceptedRisks(statements) : null;
  }

  async #parameters(source: RunSource, parts: readonly RunPart[]): Promise<readonly ParameterValue[] | null> {
    const names = parameterNames(source.language, parts);
    if (names.length === 0) return [];
    const { parameters, rememberParameters } = this.#ports.store();
    const values = await this.#ports.questions.ask<'parameters'>({
      type: 'parameters',
      parameters: names.map((name) => parameters[name] ?? { name, type: 'text', value: '' }),
    });
    if (values !== null) rememberParameters(values);
    return values;
  }
}
