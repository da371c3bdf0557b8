import { useEffect, useEffectEvent, useState } from 'react';
import { useStore } from 'zustand';
import type { DataSourceSummary } from '../../../../shared/model/dataSource.ts';
import type { Resource } from '../../../../shared/model/resources.ts';
import { call } from '../../../lib/api.ts';
import { draftOfSaved } from '../../connections/index.ts';
import { createPreview } from '../createPreview.ts';

function after(delayMs: number, work: () => void): () => void {
  const timer = setTimeout(work, delayMs);
  return () => clearTimeout(timer);
}

/** What the answer depends on: another name of the resource changes nothing about it. */
const keyOf = (resource: Resource | null): string | null =>
  resource === null ? null : JSON.stringify({ ...resource, name: '', group: '', description: '' });

const newPreview = () => createPreview({ call, after });

/**
 * Asks the API for the effect of the settings: by itself after they have changed, or when somebody wants to know.
 * @param resource null while something in the form is not right
 * @param isShown whether the editor is in front; behind others it asks nothing
 */
export function useEffectControl(summary: DataSourceSummary, resource: Resource | null, isShown: boolean) {
  const [preview] = useState(newPreview);
  const [wantsLive, setLive] = useState(true);
  const state = useStore(preview.store);
  const canBeLive = resource === null || resource.method === 'GET';
  const isLive = wantsLive && canBeLive;
  const key = keyOf(resource);
  const isOld = key !== null ? keyOf(state.askedFor) !== key : state.askedFor !== null;
  const question = () => (resource === null ? null : { draft: draftOfSaved(summary), resource });

  const askSoon = useEffectEvent(() => {
    const asked = question();
    if (asked !== null) preview.askSoon(asked);
  });
  useEffect(() => {
    if (key === null || !isLive || !isShown || !isOld) return;
    askSoon();
    return preview.cancel;
  }, [key, isLive, isShown, isOld, preview]);
  useEffect(() => preview.cancel, [preview]);

  return {
    ...state,
    isOld: isOld && state.askedFor !== null,
    isLive,
    canBeLive,
    isPossible: resource !== null,
    setLive,
    cancel: preview.cancel,
    ask: () => {
      const asked = question();
      if (asked !== null) void preview.ask(asked);
    },
  };
}

export type EffectControl = ReturnType<typeof useEffectControl>;
