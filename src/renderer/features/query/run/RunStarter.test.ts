import { beforeEach, describe, expect, it } from 'vitest';
import { someErrorDto } from '../../../../../tests/support/someErrorDto.ts';
import { sqlLanguageOf } from '../../../../shared/engines/sqlLanguages.ts';
import type { ParameterValue } from '../../../../shared/model/query.ts';
import type { TabOf } from '../../../../shared/model/tabs.ts';
import type { QueryStore, RunSettings } from '../session/createQueryStore.ts';
import { createQuestions, type Question } from '../session/questions.ts';
import { type RunSource, RunStarter } from './RunStarter.ts';
import type { RunPart } from './scriptParts.ts';

let script: string;
let source: RunSource | null;
let started: { parts: readonly RunPart[]; settings: RunSettings }[];
let remembered: Record<string, ParameterValue>;
let asked: Question[];
let canConnect: boolean;
let reports: string[];
let questions: ReturnType<typeof createQuestions>;
let starter: RunStarter;

beforeEach(() => {
  script = 'SELECT 1';
  source = {
    id: crypto.randomUUID(),
    name: 'Shop',
    isProduction: false,
    isReadOnly: false,
    language: sqlLanguageOf('postgres'),
  };
  started = [];
  remembered = {};
  asked = [];
  canConnect = true;
  reports = [];
  questions = createQuestions();
  questions.store.subscribe(({ question }) => question !== null && asked.push(question));
  const store = {
    get parameters() {
      return remembered;
    },
    start: (parts: readonly RunPart[], settings: RunSettings) => started.push({ parts, settings }),
    rememberParameters: (values: readonly ParameterValue[]) => {
      for (const value of values) remembered[value.name] = value;
    },
    report: () => reports.push('nothing to run'),
  } as unknown as QueryStore;
  starter = new RunStarter({
    tab: () => ({ onError: 'stop', commit: 'auto', timeoutMs: null }) as TabOf<'query'>,
    source: () => source,
    script: () => ({ text: script, range: { from: 0, to: 0, head: 0 } }),
    questions,
    store: () => store,
    connect: () => Promise.resolve(canConnect),
    rowLimit: () => null,
    chooseSource: () => reports.push('choose'),
    nothingToRun: () => someErrorDto('INVALID_INPUT'),
    save: async ({ statement, format }) => void reports.push(`saved ${statement} as ${format.type}`),
  });
});

/** Lets work go on; the questions on its way are answered in order. */
async function answered(work: Promise<void>, answers: readonly unknown[]): Promise<void> {
  for (const answer of answers) {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    const { question } = questions.store.getState();
    if (question === null) throw new Error('Nothing is asked');
    (question.answer as (value: unknown) => void)(answer);
  }
  await work;
}

/** Runs all of a script. */
async function run(text: string, ...answers: unknown[]): Promise<void> {
  script = text;
  await answered(starter.run('all'), answers);
}

const riskyTexts = () =>
  asked.flatMap((one) => (one.type === 'risks' ? one.statements : [])).map(({ text }) => text);

describe('starting a run', () => {
  it('asks for a data source before anything else', async () => {
    source = null;
    await run('DROP TABLE parcel');
    expect(reports).toEqual(['choose']);
    expect(asked).toEqual([]);
  });

  it('asks for the plan of a statement, which runs nothing and so needs no answer', async () => {
    script = 'DELETE FROM t';
    await answered(starter.explain(), []);
    script = 'explain (analyze, verbose) SELECT 1';
    await answered(starter.explain(), []);
    expect(started.flatMap(({ parts }) => parts)).toMatchObject([
      { text: 'EXPLAIN DELETE FROM t', from: 0, lead: 8 },
      { text: script, from: 0, lead: 0 },
    ]);
    expect(asked).toEqual([]);
  });

  it('asks once for what touches every row or drops, and runs nothing after a no', async () => {
    await run('UPDATE t SET w = 0; SELECT 1; TRUNCATE t; DROP TABLE t', false);
    expect(riskyTexts()).toEqual(['UPDATE t SET w = 0', 'TRUNCATE t', 'DROP TABLE t']);
    expect(started).toEqual([]);
  });

  it('sends what the person agreed to', async () => {
    await run('DELETE FROM t; DROP TABLE t', true);
    expect(started[0]?.settings.acceptedRisks).toEqual(['every-row', 'drop']);
  });

  it('asks for every write on production, and calls none of them one without WHERE that has one', async () => {
    source = source && { ...source, isProduction: true };
    await run("DELETE FROM t WHERE id = 1; SELECT 'DROP TABLE t'", true);
    const [question] = asked;
    expect(question?.type === 'risks' && question.statements).toMatchObject([
      { text: 'DELETE FROM t WHERE id = 1', risks: ['production-write'] },
    ]);
  });

  it('leaves the refusal to the server where the data source is read-only', async () => {
    source = source && { ...source, isReadOnly: true };
    await run('DELETE FROM t');
    expect(asked).toEqual([]);
    expect(started).toHaveLength(1);
  });

  it('asks for each parameter once, offers what was given before, and sends the values as they are', async () => {
    const pw = { name: 'pw', type: 'text', value: "$2y$10$:n'x\\" } as const;
    const n = { name: 'n', type: 'text', value: '7' } as const;
    await run('SELECT :pw AS pw, :n::int + 1 AS n, :pw AS again', [pw, n]);
    expect(asked[0]?.type === 'parameters' && asked[0].parameters.map(({ name }) => name)).toEqual([
      'pw',
      'n',
    ]);
    expect(started[0]?.settings.parameters).toEqual([pw, n]);
    await run('SELECT :pw', null);
    expect(asked[1]?.type === 'parameters' && asked[1].parameters).toEqual([pw]);
    expect(started).toHaveLength(1);
  });

  it('asks no question for what only looks like a parameter', async () => {
    await run(`SELECT '{"id":1}'::jsonb ? 'a' AS w, (ARRAY[10,20,30])[1:2], "a:b", '$2y$10$abc' FROM q`);
    expect(asked).toEqual([]);
    expect(started).toHaveLength(1);
  });

  it('does not run what could not connect, and starts once however often the key is pressed', async () => {
    canConnect = false;
    await run('SELECT 1');
    expect(started).toEqual([]);
    canConnect = true;
    await Promise.all([starter.run('all'), starter.run('all')]);
    expect(started).toHaveLength(1);
  });

  it('saves rows in the format that is chosen, and runs nothing without one', async () => {
    await answered(starter.save(), [null]);
    expect(reports).toEqual([]);
    await answered(starter.save(), [{ type: 'json' }]);
    expect(reports).toEqual(['saved SELECT 1 as json']);
  });
});
