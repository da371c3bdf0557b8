import { expect, it } from 'vitest';
import { ConnectGate } from './ConnectGate.ts';

const wrong = new Error('wrong password');

it('closes for the first reason, tells who is on the way, and refuses with it until it is opened', () => {
  const gate = new ConnectGate();
  gate.requireOpen();
  expect(gate.reason).toBeUndefined();
  const { signal } = gate;
  gate.close(wrong);
  gate.close(new Error('what followed from it'));
  expect(gate.isOpen).toBe(false);
  expect(gate.reason).toBe(wrong);
  expect(signal.reason).toBe(wrong);
  expect(() => gate.requireOpen()).toThrow(wrong);
  gate.open();
  gate.requireOpen();
  expect(gate.isOpen).toBe(true);
  expect(gate.signal.aborted).toBe(false);
});

it('that is open already keeps the signal of those on the way', () => {
  const gate = new ConnectGate();
  const { signal } = gate;
  gate.open();
  gate.close(wrong);
  expect(signal.aborted).toBe(true);
});
