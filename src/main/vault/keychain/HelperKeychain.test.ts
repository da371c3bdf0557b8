import { describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../../tests/support/FakeClock.ts';
import { HelperKeychain } from './HelperKeychain.ts';
import type { HelperProcess, KeychainProcess } from './KeychainProcess.ts';
import type { KeychainRequest } from './keychainMessages.ts';

/** A helper that says what the test wants it to say. */
class ScriptedHelper implements HelperProcess {
  readonly requests: KeychainRequest[] = [];
  isKilled = false;
  say: (message: unknown) => void = () => undefined;
  exit: () => void = () => undefined;

  post(request: KeychainRequest): void {
    this.requests.push(request);
  }

  onMessage(listener: (message: unknown) => void): void {
    this.say = listener;
  }

  onExit(listener: () => void): void {
    this.exit = listener;
  }

  kill(): void {
    this.isKilled = true;
  }

  async ready(): Promise<void> {
    this.say({ outcome: 'ready' });
    await settle();
  }

  async done(value: unknown): Promise<void> {
    this.say({ outcome: 'done', value });
    await settle();
  }

  async failed(text: string): Promise<void> {
    this.say({ outcome: 'failed', text });
    await settle();
  }
}

class ScriptedProcess implements KeychainProcess {
  readonly helpers: ScriptedHelper[] = [];

  start(): ScriptedHelper {
    const helper = new ScriptedHelper();
    this.helpers.push(helper);
    return helper;
  }

  helper(index: number): ScriptedHelper {
    const helper = this.helpers[index];
    if (helper === undefined) throw new Error(`There was no helper ${index}.`);
    return helper;
  }
}

function setUp() {
  const clock = new FakeClock();
  const process = new ScriptedProcess();
  return { clock, process, keychain: new HelperKeychain({ process, clock }) };
}

/** With a helper that runs and has answered once. */
async function setUpRunning() {
  const all = setUp();
  const first = all.keychain.read('first');
  await settle();
  const helper = all.process.helper(0);
  await helper.ready();
  await helper.done('value');
  await first;
  helper.requests.length = 0;
  return { ...all, helper };
}

const unavailable = (detail: string | RegExp) =>
  expect.objectContaining({ code: 'VAULT_UNAVAILABLE', detail: expect.stringMatching(detail) });

/** Settled at once, so that a rejection while the test is busy is not one that nobody handles. */
const outcomeOf = (call: Promise<unknown>): Promise<unknown> => call.catch((error: unknown) => error);

describe('HelperKeychain', () => {
  it('starts no helper before the first call, and then only one', async () => {
    const { keychain, process } = setUp();
    await settle();
    expect(process.helpers).toHaveLength(0);
    const calls = [keychain.read('a'), keychain.write('b', 'value'), keychain.remove('c')];
    await settle();
    const helper = process.helper(0);
    expect(helper.requests).toEqual([]);
    await helper.ready();
    await helper.done('secret');
    await helper.done(null);
    await helper.done(true);
    expect(await Promise.all(calls)).toEqual(['secret', undefined, true]);
    expect(process.helpers).toHaveLength(1);
  });

  it('never has more than one call in flight', async () => {
    const { keychain, helper } = await setUpRunning();
    const first = keychain.read('a');
    const second = keychain.write('b', 'value');
    await settle();
    expect(helper.requests).toEqual([{ verb: 'read', account: 'a' }]);
    await helper.done(null);
    expect(await first).toBeNull();
    expect(helper.requests.at(-1)).toEqual({ verb: 'write', account: 'b', value: 'value' });
    await helper.done(null);
    await second;
  });

  it('kills a helper that has not answered after three seconds, and gives each waiting call a fresh one', async () => {
    const { clock, keychain, process, helper } = await setUpRunning();
    const hanging = outcomeOf(keychain.read('a'));
    const waiting = outcomeOf(keychain.read('b'));
    await clock.advance(2_999);
    expect(helper.isKilled).toBe(false);
    await clock.advance(1);
    expect(helper.isKilled).toBe(true);
    expect(await hanging).toEqual(unavailable('The keychain is not responding.'));

    const fresh = process.helper(1);
    await fresh.ready();
    await clock.advance(2_999);
    await fresh.done('value');
    expect(await waiting).toBe('value');
  });

  it('does not take a slow start of the helper for a hanging keychain', async () => {
    const { clock, keychain, process } = setUp();
    const call = keychain.read('a');
    await clock.advance(9_000);
    await process.helper(0).ready();
    await clock.advance(2_000);
    await process.helper(0).done('value');
    expect(await call).toBe('value');
  });

  it('gives up on a helper that never gets ready, and tries again with the next call', async () => {
    const { clock, keychain, process } = setUp();
    const call = outcomeOf(keychain.read('a'));
    await clock.advance(10_000);
    expect(await call).toEqual(unavailable('has stopped working'));
    expect(process.helper(0).isKilled).toBe(true);
    expect(clock.pendingCount).toBe(0);

    const next = keychain.read('b');
    await settle();
    await process.helper(1).ready();
    await process.helper(1).done('value');
    expect(await next).toBe('value');
  });

  it('rejects the call under way when the helper ends, and goes on with a new one', async () => {
    const { keychain, process, helper } = await setUpRunning();
    const call = outcomeOf(keychain.read('a'));
    const next = keychain.read('b');
    await settle();
    helper.exit();
    expect(await call).toEqual(unavailable('has stopped working'));
    await settle();
    await process.helper(1).ready();
    await process.helper(1).done('value');
    expect(await next).toBe('value');
  });

  it('starts a new helper when the old one ended between two calls', async () => {
    const { keychain, process, helper } = await setUpRunning();
    helper.exit();
    const call = keychain.read('a');
    await settle();
    await process.helper(1).ready();
    await process.helper(1).done('value');
    expect(await call).toBe('value');
  });

  it('says so when no helper can be started at all', async () => {
    const keychain = new HelperKeychain({
      clock: new FakeClock(),
      process: {
        start: () => {
          throw new Error('no more processes');
        },
      },
    });
    await expect(keychain.read('a')).rejects.toEqual(unavailable('has stopped working'));
    await expect(keychain.read('a')).rejects.toEqual(unavailable('has stopped working'));
  });

  it.each([
    'The name :1.7 was not provided by any .service files',
    'The session wrapping the secret does not exist',
    'words of another keychain service',
  ])('asks once more, with a new helper, when one that worked fails (%s)', async (text) => {
    const { keychain, process, helper } = await setUpRunning();
    const call = keychain.read('a');
    await settle();
    await helper.failed(text);
    expect(helper.isKilled).toBe(true);
    await process.helper(1).ready();
    expect(process.helper(1).requests).toEqual([{ verb: 'read', account: 'a' }]);
    await process.helper(1).done('value');
    expect(await call).toBe('value');
  });

  it('asks only once more', async () => {
    const { keychain, process, helper } = await setUpRunning();
    const call = outcomeOf(keychain.read('a'));
    await settle();
    await helper.failed('The name :1.7 was not provided by any .service files');
    await process.helper(1).ready();
    await process.helper(1).failed('The name :1.8 was not provided by any .service files');
    expect(await call).toEqual(unavailable('was restarted'));
    expect(process.helpers).toHaveLength(2);
  });

  it('ends a helper that was idle for half a minute, and leaves no timer', async () => {
    const { clock, keychain, helper } = await setUpRunning();
    await clock.advance(20_000);
    const call = keychain.read('a');
    await settle();
    await helper.done('value');
    await call;
    await clock.advance(29_999);
    expect(helper.isKilled).toBe(false);
    await clock.advance(1);
    expect(helper.isKilled).toBe(true);
    expect(clock.pendingCount).toBe(0);
  });

  it('gives up everything at once when it is closed, and starts nothing any more', async () => {
    const { clock, keychain, process, helper } = await setUpRunning();
    const calls = [outcomeOf(keychain.read('a')), outcomeOf(keychain.write('b', 'value'))];
    await settle();
    keychain.close();
    expect(helper.isKilled).toBe(true);
    calls.push(outcomeOf(keychain.remove('c')));
    for (const outcome of await Promise.all(calls)) {
      expect(outcome).toEqual(unavailable('Mooring is closing.'));
    }
    expect(process.helpers).toHaveLength(1);
    expect(clock.pendingCount).toBe(0);
  });

  it('is closed while its helper starts', async () => {
    const { clock, keychain, process } = setUp();
    const call = outcomeOf(keychain.read('a'));
    await settle();
    keychain.close();
    expect(await call).toEqual(unavailable('Mooring is closing.'));
    expect(process.helper(0).isKilled).toBe(true);
    expect(clock.pendingCount).toBe(0);
  });

  it.each([
    ['no message', null],
    ['the answer to another request', { outcome: 'done', value: true }],
    ['more than an answer', { outcome: 'done', value: 'value', account: 'a' }],
    ['an endless failure', { outcome: 'failed', text: 'x'.repeat(501) }],
    ['that it is ready once more', { outcome: 'ready' }],
  ])('trusts no helper that says %s', async (_, message) => {
    const { keychain, helper } = await setUpRunning();
    const call = outcomeOf(keychain.read('a'));
    await settle();
    helper.say(message);
    expect(await call).toEqual(unavailable('has stopped working'));
    expect(helper.isKilled).toBe(true);
  });

  it('trusts no helper that speaks without being asked', async () => {
    const { keychain, process, helper } = await setUpRunning();
    helper.say({ outcome: 'done', value: 'planted' });
    expect(helper.isKilled).toBe(true);
    const call = keychain.read('a');
    await settle();
    helper.say({ outcome: 'done', value: 'planted' });
    await process.helper(1).ready();
    await process.helper(1).done('value');
    expect(await call).toBe('value');
  });

  it.each([
    ['', 'account'],
    ['with a \0 in it', 'account'],
    ['x'.repeat(2_001), 'account'],
    ['value', ''],
  ])('sends no value that a keychain would cut or refuse (%j for %j)', async (value, account) => {
    const { keychain, process } = setUp();
    await expect(keychain.write(account, value)).rejects.toThrow(TypeError);
    expect(process.helpers).toHaveLength(0);
  });

  it.each([
    [
      'Cannot autolaunch D-Bus without X11 $DISPLAY',
      'This session has no D-Bus message bus, which is needed to reach the keychain.',
    ],
    [
      'The name org.freedesktop.secrets was not provided by any .service files',
      'No keychain service is running in this session.',
    ],
    ['Cannot create an item in a locked collection', 'The keychain is locked.'],
    [
      'Failed to load keytar native addon, checked …',
      'The component of Mooring that accesses the keychain could not be loaded.',
    ],
    ['a new text\u001b[2J with <b>surprises</b>', 'The keychain rejected the request.'],
  ])('says in its own words what “%s” means, and keeps the text as the cause only', async (text, detail) => {
    const { keychain, process } = setUp();
    const call = outcomeOf(keychain.read('a'));
    await settle();
    await process.helper(0).ready();
    await process.helper(0).failed(text);
    expect(await call).toMatchObject({ code: 'VAULT_UNAVAILABLE', detail, cause: { message: text } });
    expect(process.helpers).toHaveLength(1);
  });
});
