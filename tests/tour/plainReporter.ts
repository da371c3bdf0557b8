import type { FullResult, Reporter, TestCase, TestResult } from '@playwright/test/reporter';

/** Shows only what the tour itself prints, and why it stopped if it did. */
export default class PlainReporter implements Reporter {
  onStdOut(chunk: string | Buffer): void {
    process.stdout.write(chunk);
  }

  onTestEnd(_test: TestCase, result: TestResult): void {
    for (const error of result.errors) process.stderr.write(`${error.message ?? String(error.value)}\n`);
  }

  onEnd(result: FullResult): void {
    if (result.status !== 'passed')
      process.stderr.write(`The tour did not reach its end (${result.status}).\n`);
  }

  printsToStdio(): boolean {
    return true;
  }
}
