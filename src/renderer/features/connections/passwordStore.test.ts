import { beforeEach, describe, expect, it } from 'vitest';
import { FakeMain } from '../../../../tests/support/FakeMain.ts';
import { someErrorDto } from '../../../../tests/support/someErrorDto.ts';
import { someVaultStatus } from '../../../../tests/support/someVaultStatus.ts';
import type { ErrorCode } from '../../../shared/errors/errorCodes.ts';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { SourceState } from '../../../shared/model/sourceState.ts';
import { ApiError } from '../../lib/api.ts';
import { createWithVault } from '../vault/withVault.ts';
import { createPasswordStore } from './passwordStore.ts';
import { saveChoiceOf } from './saveChoice.ts';

const failure = (code: ErrorCode) => new ApiError(someErrorDto(code));
const typed = { field: 'password', value: 'correct horse', remember: false };

let main: FakeMain;
let status: SourceState['status'];
let unsaved: ErrorDto[];
let store: ReturnType<typeof createPasswordStore>;
const state = () => store.getState();

beforeEach(() => {
  main = new FakeMain();
  status = 'failed';
  unsaved = [];
  store = createPasswordStore({
    call: main.call,
    stateOf: () => status,
    withVault: createWithVault({ unlock: async () => true, chooseMode: async () => true }),
    reportUnsaved: (error) => unsaved.push(error),
  });
  state().ask('a');
});

describe('the question for a password', () => {
  it('connects with what was typed, and closes without keeping it anywhere', async () => {
    void state().connect(typed);
    expect(main.last('dataSources.connect').input).toEqual({ id: 'a', secret: typed });
    expect(JSON.stringify(state())).not.toContain(typed.value);
    await main.answer('dataSources.connect', null);
    expect(state()).toMatchObject({ askingId: null, attempt: { status: 'idle' } });
    expect(JSON.stringify(state())).not.toContain(typed.value);
  });

  it('stays open with the reason when the password is wrong again', async () => {
    void state().connect(typed);
    await main.fail('dataSources.connect', failure('AUTH_FAILED'));
    expect(state()).toMatchObject({
      askingId: 'a',
      attempt: { status: 'failed', error: { code: 'AUTH_FAILED' } },
    });
    void state().connect(typed);
    expect(state().attempt).toEqual({ status: 'running' });
  });

  it('tries one password at a time', () => {
    void state().connect(typed);
    void state().connect(typed);
    expect(main.countOf('dataSources.connect')).toBe(1);
  });

  it('gives up connecting when it is closed, and a late failure does not open it again', async () => {
    void state().connect(typed);
    state().close();
    expect(main.last('dataSources.connect').signal?.aborted).toBe(true);
    await main.fail('dataSources.connect', failure('CANCELLED'));
    expect(state()).toMatchObject({ askingId: null, attempt: { status: 'idle' } });
  });

  it('does not let an old attempt speak for the next question', async () => {
    void state().connect(typed);
    state().close();
    state().ask('b');
    await main.fail('dataSources.connect', failure('AUTH_FAILED'));
    expect(state()).toMatchObject({ askingId: 'b', attempt: { status: 'idle' } });
  });

  it('can be asked for another data source after the first one is gone', async () => {
    void state().connect(typed);
    await main.fail('dataSources.connect', failure('NOT_FOUND'));
    state().ask('b');
    expect(state()).toMatchObject({ askingId: 'b', attempt: { status: 'idle' } });
  });

  it('says that it was not saved when the server took it and only saving failed', async () => {
    void state().connect({ ...typed, remember: true });
    status = 'ready';
    await main.fail('dataSources.connect', failure('VAULT_UNAVAILABLE'));
    expect(state().askingId).toBeNull();
    expect(unsaved.map(({ code }) => code)).toEqual(['VAULT_UNAVAILABLE']);
  });

  it('says that the password is wrong when connections were open before', async () => {
    status = 'degraded';
    void state().connect({ ...typed, remember: true });
    await main.fail('dataSources.connect', failure('AUTH_FAILED'));
    expect(state()).toMatchObject({
      askingId: 'a',
      attempt: { status: 'failed', error: { code: 'AUTH_FAILED' } },
    });
    expect(unsaved).toEqual([]);
  });

  it('has the vault made usable to save the password, and never for one that is not to be saved', async () => {
    void state().connect({ ...typed, remember: true });
    await main.fail('dataSources.connect', failure('VAULT_MODE_REQUIRED'));
    expect(main.countOf('dataSources.connect')).toBe(2);
    await main.answer('dataSources.connect', null);
    state().ask('a');
    void state().connect(typed);
    await main.fail('dataSources.connect', failure('VAULT_PASSPHRASE_REQUIRED'));
    expect(main.countOf('dataSources.connect')).toBe(3);
    expect(state().attempt).toMatchObject({ status: 'failed', error: { code: 'VAULT_PASSPHRASE_REQUIRED' } });
  });
});

describe('what saving a typed password means', () => {
  const problem = someErrorDto('VAULT_UNAVAILABLE');

  it.each([
    ['vault', someVaultStatus()],
    ['vault', someVaultStatus({ lock: 'closed' })],
    ['vault', someVaultStatus({ mode: null, key: null, problem })],
    ['session', someVaultStatus({ mode: 'session', key: null })],
    ['locked', someVaultStatus({ mode: 'passphrase', hasPassphrase: true, lock: 'locked' })],
    ['unusable', someVaultStatus({ lock: 'closed', problem })],
    ['unusable', null],
  ])('is %s', (choice, vault) => expect(saveChoiceOf(vault)).toBe(choice));
});
