import type { Page } from '@playwright/test';
import type { CallInput, CallName, CallOutput } from '../../../src/shared/ipc/contract.ts';
import type { Answer } from '../../../src/shared/ipc/envelope.ts';

/** The API of the preload as a test sees it: by name, and with whatever input. */
export interface PageApi {
  readonly calls: Readonly<
    Record<string, Record<string, (callId: unknown, input: unknown) => Promise<Answer<unknown>>>>
  >;
  cancel(callId: string): void;
  on(name: string, listener: (payload: unknown) => void): () => void;
  openStream(
    name: string,
    callId: string,
    input: unknown,
    onMessage: (message: { type: string; sequence: number }) => void,
  ): { ack(sequence: number): void; cancel(): void };
}

/** Calls main from the page, past the user interface. */
export async function callApi<Name extends CallName>(
  page: Page,
  name: Name,
  input: CallInput<Name>,
): Promise<Answer<CallOutput<Name>>> {
  const answer = await page.evaluate(
    ([path, given]) => {
      const { api } = globalThis as unknown as { api: PageApi };
      const [topic = '', verb = ''] = path.split('.');
      const call = api.calls[topic]?.[verb];
      if (call === undefined) throw new Error(`The page has no ${path}`);
      return call(crypto.randomUUID(), given);
    },
    [name as string, input as unknown] as const,
  );
  return answer as Answer<CallOutput<Name>>;
}

/** As `callApi`. @throws for a call that fails */
export async function ask<Name extends CallName>(
  page: Page,
  name: Name,
  input: CallInput<Name>,
): Promise<CallOutput<Name>> {
  const answer = await callApi(page, name, input);
  if (!answer.ok)
    throw new Error(`${name}: ${answer.error.code} ${answer.error.title} ${answer.error.detail}`);
  return answer.value;
}
