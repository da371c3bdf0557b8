/** What the start scripts say on the terminal: one line a step, a heartbeat on long ones, one sentence on failure. */

const HEARTBEAT_MS = 15_000;
/** A tool says the reason first or last; between them is its manual. */
const SHOWN_OUTPUT_LINES = { first: 12, last: 18 };

/** A failure the reader can act on: one sentence, the command to run by hand, and what the tool printed. */
export class SetupError extends Error {
  /**
   * @param {string} sentence
   * @param {{ command?: string, output?: string, cause?: unknown }} [details]
   */
  constructor(sentence, details = {}) {
    super(sentence, { cause: details.cause });
    this.name = 'SetupError';
    this.command = details.command;
    this.output = details.output;
  }
}

/** @param {string} line */
export function say(line) {
  process.stdout.write(`[mooring] ${line}\n`);
}

/**
 * Runs one long step between a line that says what and how long, and a line that says it is done.
 * @template T
 * @param {string} title
 * @param {string} expectation for example "about 60 s"
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, expectation, work) {
  const startedAt = performance.now();
  const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(1);
  say(`${title} (${expectation}) …`);
  const heartbeat = setInterval(() => say(`  still at it after ${seconds()} s`), HEARTBEAT_MS);
  try {
    const result = await work();
    say(`  done in ${seconds()} s`);
    return result;
  } finally {
    clearInterval(heartbeat);
  }
}

/** @param {unknown} error */
export function sayFailure(error) {
  if (!(error instanceof SetupError)) {
    console.error(error);
    return;
  }
  if (error.output) console.error(shortened(error.output.trim()));
  console.error(`[mooring] ${error.message}`);
  if (error.command) console.error(`[mooring] By hand: ${error.command}`);
}

/** @param {string} output */
function shortened(output) {
  const lines = output.split('\n');
  const { first, last } = SHOWN_OUTPUT_LINES;
  if (lines.length <= first + last) return output;
  return [...lines.slice(0, first), '…', ...lines.slice(-last)].join('\n');
}

/**
 * The body of every script: its result is the exit code, its failure is one sentence and exit code 1.
 * @param {() => Promise<number | void>} main
 */
export async function runScript(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    sayFailure(error);
    process.exitCode = 1;
  }
}
