/** What a stage of `npm test` hands back, and how it is counted. */

/**
 * @typedef {object} StageResult
 * @property {string} name
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string} [output] shown when something failed
 * @property {string} [note] a word on the summary line
 */

/**
 * A stage that crashed, or ran no test, has failed even when its report counts no failure.
 * @param {StageResult} result
 * @param {number} status the exit code of its runner
 * @returns {StageResult}
 */
export function failUnlessProven(result, status) {
  if (result.failed > 0) return result;
  if (status !== 0) return { ...result, failed: 1, note: `ended with exit code ${status}` };
  if (result.passed === 0) return { ...result, failed: 1, note: 'ran no test' };
  return result;
}
