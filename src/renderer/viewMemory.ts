import type { StoreApi } from 'zustand/vanilla';
import type { View } from '../shared/model/appInfo.ts';
import type { call } from './lib/api.ts';

type Part<State> = Pick<StoreApi<State>, 'getState' | 'subscribe'>;

export interface ViewMemoryPorts {
  readonly call: typeof call;
  readonly connections: Part<{
    readonly loading: { readonly status: string };
    readonly byId: Readonly<Record<string, unknown>>;
    readonly damaged: readonly { readonly id: string }[];
    readonly selectedId: string | null;
    readonly select: (id: string | null) => void;
  }>;
  readonly workspace: Part<{ readonly tab: View['tab']; readonly showTab: (tab: View['tab']) => void }>;
}

/**
 * Shows what the last run showed, once the list is known, and from then on remembers each change. What somebody has
 * selected meanwhile is left alone, and what is gone is forgotten. Remembering is a convenience: when it fails, main
 * has logged why, and nobody is told.
 * @returns ends it
 */
export function keepView({ call, connections, workspace }: ViewMemoryPorts): () => void {
  const stops: (() => void)[] = [];
  let isOver = false;

  const isKnown = (id: string): boolean => {
    const { byId, damaged } = connections.getState();
    return byId[id] !== undefined || damaged.some((one) => one.id === id);
  };
  const listed = new Promise<void>((resolve) => {
    const look = () => {
      if (connections.getState().loading.status === 'ready') resolve();
    };
    stops.push(connections.subscribe(look));
    look();
  });

  const follow = () => {
    const viewNow = (): View => ({
      selectedId: connections.getState().selectedId,
      tab: workspace.getState().tab,
    });
    let last = viewNow();
    const remember = () => {
      const view = viewNow();
      if (view.selectedId === last.selectedId && view.tab === last.tab) return;
      last = view;
      call('app.setView', view).catch(() => undefined);
    };
    stops.push(connections.subscribe(remember), workspace.subscribe(remember));
  };

  const start = async () => {
    const view = await call('app.getView', null).catch(() => null);
    await listed;
    if (isOver) return;
    const { selectedId, select } = connections.getState();
    if (view !== null && selectedId === null) {
      workspace.getState().showTab(view.tab);
      if (view.selectedId !== null && isKnown(view.selectedId)) select(view.selectedId);
    }
    follow();
  };
  void start();

  return () => {
    isOver = true;
    for (const stop of stops) stop();
  };
}
