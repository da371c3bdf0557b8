import { createStore } from 'zustand/vanilla';
import type { ParameterValue } from '../../../../shared/model/query.ts';
import type { FileFormat } from '../../../../shared/model/results.ts';
import type { RiskyStatement } from '../run/risks.ts';

/** Something that a person must answer before the tab goes on. */
export type Question =
  | {
      readonly type: 'parameters';
      /** In the order in which they stand, with what was given last. */
      readonly parameters: readonly ParameterValue[];
      /** Null: nothing is run. */
      readonly answer: (values: readonly ParameterValue[] | null) => void;
    }
  | {
      readonly type: 'risks';
      readonly statements: readonly RiskyStatement[];
      /** Statements of the whole run. */
      readonly statementCount: number;
      readonly sourceName: string;
      readonly answer: (mayRun: boolean) => void;
    }
  | {
      readonly type: 'transaction';
      readonly purpose: 'close' | 'switch';
      readonly title: string;
      readonly isFailed: boolean;
      /** Null: everything stays as it is. */
      readonly answer: (how: 'commit' | 'rollback' | null) => void;
    }
  | {
      readonly type: 'format';
      /** How rows are saved; null: nothing is run. */
      readonly answer: (format: FileFormat | null) => void;
    }
  | {
      readonly type: 'file';
      readonly name: string;
      /** Null: the tab stays open. */
      readonly answer: (how: 'save' | 'discard' | null) => void;
    }
  | {
      readonly type: 'file-changed';
      /** What happened to the file, in the words of the error. */
      readonly title: string;
      readonly detail: string;
      /** Null: nothing is written. */
      readonly answer: (how: 'replace' | 'elsewhere' | null) => void;
    };

type QuestionOf<Type extends Question['type']> = Extract<Question, { type: Type }>;
type AnswerOf<Type extends Question['type']> = Parameters<QuestionOf<Type>['answer']>[0];

interface QuestionsState {
  readonly question: Question | null;
}

/** The one question that a tab can have at a time. */
export function createQuestions() {
  const store = createStore<QuestionsState>()(() => ({ question: null }));
  return {
    store,
    /** Puts a question in place of one that is open, which is then answered by its safe answer. */
    ask<Type extends Question['type']>(asked: Omit<QuestionOf<Type>, 'answer'>): Promise<AnswerOf<Type>> {
      dismiss(store.getState().question);
      return new Promise((resolve) => {
        const answer = (value: AnswerOf<Type>): void => {
          store.setState({ question: null });
          resolve(value);
        };
        store.setState({ question: { ...asked, answer } as unknown as Question });
      });
    },
  };
}

export type Questions = ReturnType<typeof createQuestions>;

/** Answers a question so that nothing happens. */
export function dismiss(question: Question | null): void {
  if (question === null) return;
  if (question.type === 'risks') question.answer(false);
  else question.answer(null);
}
