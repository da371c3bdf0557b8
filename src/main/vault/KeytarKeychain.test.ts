import { describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../tests/support/FakeClock.ts';
import { type Keytar, KeytarKeychain } from './KeytarKeychain.ts';

/** A keytar whose calls end when the test says so. */
class HeldKeytar implements Keytar {
  readonly calls: { readonly name: string; answer(value: string | null): void; fail(text: string): void }[] =
    [];

  getPassword(service: string, account: string): Promise<string | null> {
    return this.#hold(`get ${service} ${account}`);
  }

  async setPassword(service: string, account: string, value: string): Promise<void> {
    await this.#hold(`set ${service} ${account} ${value}`);
  }

  #hold(name: string): Promise<string | null> {
    return new Promise((resolve, reject) => {
      this.calls.push({ name, answer: resolve, fail: (text) => reject(new Error(text)) });
    });
  }

  call(index: number) {
    const call = this.calls[index];
    if (call === undefined) throw new Error(`There was no call ${index}.`);
    return call;
  }
}

function setUp() {
  const clock = new FakeClock();
  const keytar = new HeldKeytar();
  const keychain = new KeytarKeychain({ clock, load: async () => keytar });
  return { clock, keytar, keychain };
}

describe('KeytarKeychain', () => {
  it('never has more than one call under way, so that a hanging keychain costs one thread', async () => {
    const { keytar, keychain } = setUp();
    const first = keychain.read('a');
    const second = keychain.write('b', 'value');
    await settle();
    expect(keytar.calls.map((call) => call.name)).toEqual(['get Mooring a']);

    keytar.call(0).answer('secret');
    expect(await first).toBe('secret');
    await settle();
    expect(keytar.calls.map((call) => call.name)).toEqual(['get Mooring a', 'set Mooring b value']);
    keytar.call(1).answer(null);
    await second;
  });

  it('gives up after three seconds and fails everything at once until the hanging call has settled', async () => {
    const { clock, keytar, keychain } = setUp();
    const hanging = expect(keychain.read('a')).rejects.toMatchObject({ code: 'VAULT_UNAVAILABLE' });
    const waiting = expect(keychain.read('b')).rejects.toMatchObject({ code: 'VAULT_UNAVAILABLE' });
    await clock.advance(2_999);
    expect(clock.pendingCount).toBe(1);
    await clock.advance(1);
    await hanging;
    await waiting;
    await expect(keychain.write('c', 'value')).rejects.toMatchObject({ code: 'VAULT_UNAVAILABLE' });
    expect(keytar.calls).toHaveLength(1);
    expect(keychain.isCallUnderWay).toBe(true);

    keytar.call(0).answer('late');
    await settle();
    const recovered = keychain.read('d');
    await settle();
    keytar.call(1).answer('value');
    expect(await recovered).toBe('value');
    expect(keychain.isCallUnderWay).toBe(false);
    expect(clock.pendingCount).toBe(0);
  });

  it.each([
    [
      'Cannot autolaunch D-Bus without X11 $DISPLAY',
      'This session has no message bus, over which the keychain is reached.',
    ],
    [
      'The name org.freedesktop.secrets was not provided by any .service files',
      'No keychain service runs in this session.',
    ],
    [
      'The name :1.0 was not provided by any .service files',
      'The keychain service was restarted; Mooring reaches it again after a restart of its own.',
    ],
    ['Cannot create an item in a locked collection', 'The keychain is locked.'],
    ['a new text\u001b[2J with <b>surprises</b>', 'The keychain refused what Mooring asked of it.'],
  ])('says in its own words what “%s” means, and keeps the text as the cause only', async (text, detail) => {
    const { keytar, keychain } = setUp();
    const answer = expect(keychain.read('a')).rejects.toMatchObject({
      code: 'VAULT_UNAVAILABLE',
      detail,
      cause: { message: text },
    });
    await settle();
    keytar.call(0).fail(text);
    await answer;
  });

  it('is an error of the vault, and not of the app, when keytar or its library is missing', async () => {
    const keychain = new KeytarKeychain({
      clock: new FakeClock(),
      load: () => Promise.reject(new Error('Failed to load keytar native addon, checked …')),
    });
    await expect(keychain.read('a')).rejects.toMatchObject({ code: 'VAULT_UNAVAILABLE' });
    await expect(keychain.read('a')).rejects.toMatchObject({ code: 'VAULT_UNAVAILABLE' });
  });
});
