import type { Question } from '../base/Question.ts';

/** What would be lost if the app ended now. */
export interface UnfinishedWork {
  /** The data source of each open transaction, by name. */
  readonly transactions: readonly string[];
  /** The data source of each running statement, by name. */
  readonly statements: readonly string[];
  /** The files that are being saved, by name. */
  readonly files: readonly string[];
}

/** How a person leaves: on macOS the app stays when its window is closed. */
export type Leaving = 'quit' | 'close-window';

const verbOf: Record<Leaving, string> = { quit: 'Quit', 'close-window': 'Close the window' };
const keepLabelOf: Record<Leaving, string> = {
  quit: 'Keep Mooring open',
  'close-window': 'Keep the window open',
};
const confirmLabelOf: Record<Leaving, string> = { quit: 'Quit', 'close-window': 'Close window' };

interface Kind {
  /** What there is while one leaves, as in `Quit with an open transaction?` */
  readonly condition: string;
  readonly one: string;
  readonly many: string;
  readonly consequence: string;
}

const kinds: Record<keyof UnfinishedWork, Kind> = {
  transactions: {
    condition: 'with an open transaction',
    one: 'open transaction',
    many: 'open transactions',
    consequence: 'changes that are not committed will be rolled back.',
  },
  statements: {
    condition: 'while a statement is running',
    one: 'running statement',
    many: 'running statements',
    consequence: 'it will be cancelled.',
  },
  files: {
    condition: 'while a file is being saved',
    one: 'file being saved',
    many: 'files being saved',
    consequence: 'what is incomplete will be removed.',
  },
};

const shownNameCount = 3;

/** `(“A”, “B”)`, each name once, and not too many of them. */
function namesText(names: readonly string[]): string {
  const different = [...new Set(names)];
  const shown = different.slice(0, shownNameCount).map((name) => `“${name}”`);
  return ` (${[...shown, ...(different.length > shownNameCount ? ['…'] : [])].join(', ')})`;
}

/**
 * Asks before the app ends with unfinished work; null when nothing would be lost.
 * @param showsNames false while the app is locked: then names are nobody's business
 */
export function leaveQuestion(work: UnfinishedWork, leaving: Leaving, showsNames: boolean): Question | null {
  const found = (Object.keys(kinds) as (keyof UnfinishedWork)[]).filter((kind) => work[kind].length > 0);
  const [first] = found;
  if (first === undefined) return null;
  const condition = found.length === 1 ? kinds[first].condition : 'with unfinished work';
  const lines = found.map((kind) => {
    const { one, many, consequence } = kinds[kind];
    const names = work[kind];
    const what = `${names.length} ${names.length === 1 ? one : many}`;
    return `${what}${showsNames ? namesText(names) : ''}: ${consequence}`;
  });
  return {
    question: `${verbOf[leaving]} ${condition}?`,
    detail: lines.join('\n'),
    confirmLabel: confirmLabelOf[leaving],
    keepLabel: keepLabelOf[leaving],
  };
}
