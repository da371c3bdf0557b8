import { beforeEach, describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { FakeMain } from '../../tests/support/FakeMain.ts';
import type { View } from '../shared/model/appInfo.ts';
import { keepView, type ViewMemoryPorts } from './viewMemory.ts';

type Connections = ReturnType<ViewMemoryPorts['connections']['getState']>;
type Workspace = ReturnType<ViewMemoryPorts['workspace']['getState']>;

const createConnections = () =>
  createStore<Connections>((set) => ({
    loading: { status: 'loading' },
    byId: {},
    damaged: [],
    selectedId: null,
    select: (selectedId) => set({ selectedId }),
  }));
const createWorkspace = () =>
  createStore<Workspace>((set) => ({ tab: 'overview', showTab: (tab) => set({ tab }) }));

let main: FakeMain;
let connections: ReturnType<typeof createConnections>;
let workspace: ReturnType<typeof createWorkspace>;
let stop: () => void;

beforeEach(() => {
  main = new FakeMain();
  connections = createConnections();
  workspace = createWorkspace();
  stop = keepView({ call: main.call, connections, workspace });
});

async function listArrives(): Promise<void> {
  connections.setState({ loading: { status: 'ready' }, byId: { a: {} } });
  await Promise.resolve();
  await Promise.resolve();
}
async function startedWith(view: View): Promise<void> {
  await main.answer('app.getView', view);
  await listArrives();
}

describe('the view that the last run showed', () => {
  it('comes back once the list is known', async () => {
    await main.answer('app.getView', { selectedId: 'a', tab: 'schema' });
    expect(connections.getState().selectedId).toBeNull();
    await listArrives();
    expect(connections.getState().selectedId).toBe('a');
    expect(workspace.getState().tab).toBe('schema');
  });

  it('selects nothing when its data source is gone', async () => {
    await startedWith({ selectedId: 'gone', tab: 'metrics' });
    expect(connections.getState().selectedId).toBeNull();
    expect(workspace.getState().tab).toBe('metrics');
  });

  it('does not take somebody away from what they selected meanwhile', async () => {
    connections.getState().select('a');
    await startedWith({ selectedId: 'b', tab: 'schema' });
    expect(connections.getState().selectedId).toBe('a');
    expect(workspace.getState().tab).toBe('overview');
  });

  it('is remembered with each change, and only then', async () => {
    await startedWith({ selectedId: null, tab: 'overview' });
    connections.getState().select('a');
    workspace.getState().showTab('schema');
    connections.setState({ byId: { a: {}, b: {} } });
    const views = main.calls.filter(({ name }) => name === 'app.setView').map(({ input }) => input);
    expect(views).toEqual([
      { selectedId: 'a', tab: 'overview' },
      { selectedId: 'a', tab: 'schema' },
    ]);
  });

  it('is not overwritten before it was shown', () => {
    connections.setState({ byId: { b: {} } });
    expect(main.countOf('app.setView')).toBe(0);
  });

  it('is left alone when the window is locked', async () => {
    await startedWith({ selectedId: 'a', tab: 'overview' });
    stop();
    connections.getState().select(null);
    expect(main.countOf('app.setView')).toBe(0);
  });
});
