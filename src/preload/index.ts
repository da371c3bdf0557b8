import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge, CallVerbs } from '../shared/ipc/bridge.ts';
import { cancelChannel, channelOf, eventChannelOf, streamChannelOf } from '../shared/ipc/channels.ts';
import type { CallName } from '../shared/ipc/contract.ts';
import type { EventName } from '../shared/ipc/events.ts';
import type { StreamName } from '../shared/ipc/streams.ts';

/**
 * The names of the contract, which the build puts in (electron.vite.config.ts): with the schemas they stand in, the
 * preload would be a hundred times as long, and hold up every start.
 */
declare const CALL_NAMES: readonly CallName[];
declare const EVENT_NAMES: readonly EventName[];
declare const STREAM_NAMES: readonly StreamName[];

/**
 * All that the page can reach of Electron: one named, frozen function for each call of the contract, and listeners
 * that get payloads only. Main checks everything again; nothing here is a border.
 */

type Invoke = (callId: string, input: unknown) => Promise<unknown>;

/** `{ dataSources: { list, save, … }, … }`, derived from the names of the contract. */
function callVerbs(): CallVerbs {
  const topics: Record<string, Record<string, Invoke>> = {};
  for (const name of CALL_NAMES) {
    const [topic, verb] = name.split('.') as [string, string];
    const channel = channelOf(name);
    const verbs = topics[topic] ?? {};
    verbs[verb] = (callId, input) => ipcRenderer.invoke(channel, { callId, input });
    topics[topic] = verbs;
  }
  for (const verbs of Object.values(topics)) Object.freeze(verbs);
  // The names are the contract's own, so each verb has the types which `CallVerbs` gives it.
  return Object.freeze(topics) as unknown as CallVerbs;
}

const on: Bridge['on'] = (name, listener) => {
  if (!EVENT_NAMES.includes(name)) throw new TypeError('No such event');
  const channel = eventChannelOf(name);
  const forward = (_event: unknown, payload: Parameters<typeof listener>[0]) => listener(payload);
  ipcRenderer.on(channel, forward);
  return () => void ipcRenderer.off(channel, forward);
};

const openStream: Bridge['openStream'] = (name, callId, input, onMessage) => {
  if (!STREAM_NAMES.includes(name)) throw new TypeError('No such stream');
  const { port1: ours, port2: theirs } = new MessageChannel();
  ours.onmessage = (message) => onMessage(message.data);
  ipcRenderer.postMessage(streamChannelOf(name), { callId, input }, [theirs]);
  return Object.freeze({
    ack: (sequence: number) => ours.postMessage({ type: 'ack', sequence }),
    cancel: () => {
      ours.postMessage({ type: 'cancel' });
      ours.close();
    },
  });
};

const bridge: Bridge = Object.freeze({
  calls: callVerbs(),
  cancel: (callId: string) => ipcRenderer.send(cancelChannel, { callId }),
  on,
  openStream,
});

contextBridge.exposeInMainWorld('api', bridge);
