import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '../observability/Logger.ts';
import { type EventTarget, WindowEvents } from './WindowEvents.ts';

describe('WindowEvents', () => {
  it('tells a locked window nothing but that it is locked, replaced or commanded', () => {
    const sent: string[] = [];
    let isLocked = false;
    const events = new WindowEvents(
      () => ({ send: (channel) => void sent.push(channel) }),
      () => isLocked,
      silentLogger,
    );
    const publishSome = () => {
      events.publish('dataSources.changed', { type: 'all', revision: 1 });
      events.publish('dataSources.state', { id: randomUUID(), state: { status: 'idle' } });
      events.publish('demo.status', { status: 'stopped' });
      events.publish('vault.progress', { callId: randomUUID(), step: 'seal', doneCount: 1, totalCount: 2 });
      events.publish('store.replaced', null);
      events.publish('app.command', 'lock');
    };
    publishSome();
    expect(sent.splice(0)).toHaveLength(6);
    isLocked = true;
    publishSome();
    expect(sent.splice(0)).toEqual(['mooring.event.store.replaced', 'mooring.event.app.command']);
    isLocked = false;
    publishSome();
    expect(sent).toHaveLength(6);
  });

  it('sends nothing that does not fit its schema, and nothing while there is no page', () => {
    const sent: unknown[] = [];
    let target: EventTarget | null = { send: (_channel, payload) => void sent.push(payload) };
    const events = new WindowEvents(
      () => target,
      () => false,
      silentLogger,
    );
    const leaky = { id: 'no UUID', state: { status: 'idle' }, password: 'canary' } as const;
    events.publish('dataSources.state', leaky);
    expect(sent).toEqual([]);
    target = null;
    events.publish('store.replaced', null);
  });
});
