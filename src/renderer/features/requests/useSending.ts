import { useEffect, useState } from 'react';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { Answer, ApiRequest } from '../../../shared/model/requests.ts';
import { call } from '../../lib/api.ts';
import { isConnected } from '../../lib/sessionOf.ts';
import { createSoloRun } from '../../lib/soloRun.ts';
import { connectionsStore } from '../connections/index.ts';

interface Sending {
  readonly isSending: boolean;
  readonly answer: Answer | null;
  readonly error: ErrorDto | null;
}

/** Sends through the data source, which is connected for that; when it cannot be, sending says why. */
async function send(id: DataSourceId, request: ApiRequest, signal: AbortSignal): Promise<Answer> {
  const { states, connect } = connectionsStore.getState();
  if (!isConnected(states[id])) await connect(id);
  return call('requests.send', { id, request }, { signal });
}

/** One request at a time, with the last answer. Leaving gives it up, down to the socket. */
export function useSending(sourceId: DataSourceId) {
  const [run] = useState(createSoloRun);
  const [sending, setSending] = useState<Sending>({ isSending: false, answer: null, error: null });
  useEffect(() => run.abandon, [run]);
  return {
    ...sending,
    send(request: ApiRequest): void {
      if (run.isRunning()) return;
      setSending((before) => ({ ...before, isSending: true }));
      void run.run((signal) => send(sourceId, request, signal), {
        onDone: (answer) => setSending({ isSending: false, answer, error: null }),
        onFailed: (error) =>
          setSending((before) =>
            error.code === 'CANCELLED'
              ? { ...before, isSending: false }
              : { isSending: false, answer: null, error },
          ),
      });
    },
    cancel(): void {
      run.abandon();
      setSending((before) => ({ ...before, isSending: false }));
    },
  };
}
