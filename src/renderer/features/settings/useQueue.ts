import { useEffect, useRef, useState } from 'react';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { ConfigureQueueInput, QueueStatus, QueueTest } from '../../../shared/model/queueSettings.ts';
import { call, onEvent } from '../../lib/api.ts';
import { errorDtoOf } from '../../lib/errorText.ts';
import { followStatus } from '../../lib/followStatus.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { queueText as words } from '../../text/queue.ts';

type QueueWork = 'testing' | 'saving' | 'renewing';

/** The queue as main tells it, and what a person does to it: one thing at a time, which can be cancelled. */
export function useQueue() {
  const [status, setStatus] = useState<QueueStatus | null>(null);
  const [work, setWork] = useState<QueueWork | null>(null);
  const [refused, setRefused] = useState<ErrorDto | null>(null);
  const [tested, setTested] = useState<QueueTest | null>(null);
  const controller = useRef<AbortController | null>(null);
  useEffect(
    () =>
      followStatus({
        ask: () => call('queue.status', null),
        onTold: (listener) => onEvent('queue.status', listener),
        take: setStatus,
      }),
    [],
  );
  /** @returns whether it was done */
  const run = async (kind: QueueWork, act: (signal: AbortSignal) => Promise<void>): Promise<boolean> => {
    controller.current = new AbortController();
    setWork(kind);
    setRefused(null);
    setTested(null);
    try {
      await act(controller.current.signal);
      return true;
    } catch (error) {
      const dto = errorDtoOf(error);
      if (dto.code !== 'CANCELLED') setRefused(dto);
      return false;
    } finally {
      setWork(null);
    }
  };
  return {
    ...{ status, work, refused, tested },
    cancel: () => controller.current?.abort(),
    forget: () => {
      setRefused(null);
      setTested(null);
    },
    test: ({ settings: { place }, password }: ConfigureQueueInput) =>
      run('testing', async (signal) => {
        if (place.type !== 'local') setTested(await call('queue.test', { place, password }, { signal }));
      }),
    save: (input: ConfigureQueueInput) =>
      run('saving', async (signal) => {
        setStatus(await call('queue.configure', input, { signal }));
        notifyDone(words.saved);
      }),
    renewKey: () =>
      run('renewing', async (signal) => {
        const file = await call('queue.newWorkerKey', null, { signal });
        if (file !== null) notifyDone(words.keySaved(file.fileName));
      }),
  };
}
