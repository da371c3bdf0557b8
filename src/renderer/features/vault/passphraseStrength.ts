import type { ZxcvbnFactory } from '@zxcvbn-ts/core';

export interface Strength {
  /** 0 is guessed at once, 4 is very hard to guess. */
  readonly score: 0 | 1 | 2 | 3 | 4;
  /** What would make it better; empty when nothing has to. */
  readonly advice: string;
}

/**
 * Rating runs in the window. With these two the worst text that was found takes 90 ms on a busy computer; with the
 * library's own (256 and 100) it takes 3.9 s. What comes after is not counted, so nothing is rated too well.
 */
const ratedLength = 64;
const l33tMaxSubstitutions = 10;

let loading: Promise<ZxcvbnFactory> | null = null;

/** The word lists are 1.6 MB: they are loaded when a passphrase is first chosen, not when the app starts. */
async function loadRater(): Promise<ZxcvbnFactory> {
  const [core, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ]);
  return new core.ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
    translations: english.translations,
    maxLength: ratedLength,
    l33tMaxSubstitutions,
  });
}

/** How hard a passphrase is to guess. @throws when the word lists cannot be loaded; the next call tries again */
export async function rateStrength(passphrase: string): Promise<Strength> {
  loading ??= loadRater();
  const rater = await loading.catch((error: unknown) => {
    loading = null;
    throw error;
  });
  const { score, feedback } = rater.check(passphrase);
  return { score, advice: feedback.warning || (feedback.suggestions[0] ?? '') };
}
