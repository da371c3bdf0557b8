import { beforeEach, describe, expect, it } from 'vitest';
import { someFields } from '../../../../tests/support/dataSources.ts';
import { FakeMain } from '../../../../tests/support/FakeMain.ts';
import { someErrorDto } from '../../../../tests/support/someErrorDto.ts';
import type { ErrorCode } from '../../../shared/errors/errorCodes.ts';
import type { DataSourceSummary, SavedDataSource } from '../../../shared/model/dataSource.ts';
import type { TestReport } from '../../../shared/model/testReport.ts';
import { ApiError } from '../../lib/api.ts';
import { createWithVault } from '../vault/withVault.ts';
import { isJustFilled } from './connectionTextState.ts';
import { stageRows, testVerdict } from './testProgress.ts';
import { emptyForm } from './wizardForm.ts';
import { createWizardStore } from './wizardStore.ts';

const id = 'b2e3a7de-5d0a-4b1e-9d6b-0a5b1f1c2d3e';
const callIds = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'] as const;

const fields = someFields({ name: 'Shop', database: 'shop', user: 'ada' });
const summary: DataSourceSummary = {
  dataSource: { ...fields, id, createdAt: 0, updatedAt: 0 },
  secrets: { password: { stored: true } },
  integrity: 'intact',
};
const saved: SavedDataSource = { ...summary, revision: 1 };

const failure = (code: ErrorCode) => new ApiError(someErrorDto(code));
const failedReport: TestReport = {
  outcome: 'failed',
  stages: [],
  totalMs: 1,
  error: failure('AUTH_FAILED').dto,
};

let main: FakeMain;
/** What the person answers when asked about the vault. */
let makesVaultUsable: boolean;
let store: ReturnType<typeof createWizardStore>;

const actions = () => store.getState();
const wizard = () => {
  const { wizard: open } = store.getState();
  if (open === null) throw new Error('The wizard is closed');
  return open;
};

beforeEach(() => {
  main = new FakeMain();
  makesVaultUsable = false;
  const answer = () => Promise.resolve(makesVaultUsable);
  let count = 0;
  store = createWizardStore({
    call: main.call,
    onEvent: main.onEvent,
    newCallId: () => callIds[count++ % 2] ?? callIds[0],
    withVault: createWithVault({ unlock: answer, chooseMode: answer }),
  });
});

/** A saved data source is open, with its test running. */
function startTest(): void {
  actions().openEdit(summary);
  void actions().runTest();
}

describe('a text that refers to a service', () => {
  const text = 'service=prod user=bob';
  const found = {
    path: '/home/ann/.pg_service.conf',
    settings: [{ name: 'host', value: 'db' }],
    hasSecrets: true,
  };

  it('fills the form with what main has read, and says from where', async () => {
    actions().openNew();
    actions().fillFromText(text);
    expect(main.last('dataSources.readProfile').input).toEqual({ kind: 'postgres', name: 'prod' });
    await main.answer('dataSources.readProfile', found);
    expect(wizard().form.values).toMatchObject({ host: 'db', user: 'bob' });
    expect(wizard().connectionText.filled?.remarks.join(' ')).toContain(found.path);
  });

  it('stays in the line where there is none, and does not come back once another text was typed', async () => {
    actions().openNew();
    actions().fillFromText(text);
    await main.fail('dataSources.readProfile', failure('NOT_FOUND'));
    expect(wizard().connectionText).toMatchObject({ text, problem: { message: expect.any(String) } });
    actions().fillFromText(text);
    actions().setConnectionText('host=other');
    await main.answer('dataSources.readProfile', found);
    expect(wizard().connectionText).toMatchObject({ text: 'host=other', filled: null });
  });
});

describe('testing in the wizard', () => {
  it('tests exactly what was typed', () => {
    actions().openEdit(summary);
    actions().setSecret('password', { typed: 'pässword' });
    void actions().runTest();
    expect(main.last('dataSources.test').input).toEqual({
      id,
      fields,
      secrets: { password: { type: 'typed', value: 'pässword' } },
    });
  });

  it('shows the stages as they come, and only those of its own test', () => {
    startTest();
    const stage = { name: 'tcp', outcome: 'ok', durationMs: 12, note: null } as const;
    main.push('test.stage', { callId: callIds[1], stage: { ...stage, name: 'dns' } });
    main.push('test.stage', { callId: callIds[0], stage });
    expect(stageRows(wizard().test, ['dns', 'tcp', 'tls']).map(({ outcome }) => outcome)).toEqual([
      'waiting',
      'ok',
      'waiting',
    ]);
  });

  it('shows a stage that nobody has told of before at the end', () => {
    startTest();
    const stage = { name: 'greeting', outcome: 'ok', durationMs: 12, note: null } as const;
    main.push('test.stage', { callId: callIds[0], stage });
    expect(stageRows(wizard().test, ['dns']).map(({ name }) => name)).toEqual(['dns', 'greeting']);
  });

  it('cancels in main, at once on the screen, and keeps what was typed', async () => {
    startTest();
    main.push('test.stage', {
      callId: callIds[0],
      stage: { name: 'tcp', outcome: 'running', durationMs: null, note: null },
    });
    actions().cancelTest();
    expect(main.last('dataSources.test').signal?.aborted).toBe(true);
    await main.fail('dataSources.test', failure('CANCELLED'));
    expect(wizard().test.status).toBe('cancelled');
    expect(stageRows(wizard().test, ['tcp'])[0]?.outcome).toBe('stopped');
    expect(wizard().form.values.user).toBe('ada');
  });

  it('drops the answer of a test that a newer one has replaced', async () => {
    startTest();
    const first = main.last('dataSources.test');
    void actions().runTest();
    first.resolve(failedReport);
    await Promise.resolve();
    expect(first.signal?.aborted).toBe(true);
    expect(wizard().test).toMatchObject({ status: 'running', callId: callIds[1] });
  });

  it('stops listening when a test has ended', async () => {
    startTest();
    await main.answer('dataSources.test', failedReport);
    expect(main.listenerCount('test.stage')).toBe(0);
  });

  it('tells a test that could not even be run from one that failed', async () => {
    startTest();
    await main.fail('dataSources.test', failure('VAULT_UNAVAILABLE'));
    expect(wizard().test).toMatchObject({ status: 'broken', error: { code: 'VAULT_UNAVAILABLE' } });
  });

  it('calls a result outdated once something was edited after it', async () => {
    startTest();
    await main.answer('dataSources.test', failedReport);
    expect(testVerdict(wizard().test, wizard().form)).toBe('failed');
    actions().setValue('user', 'grace');
    expect(testVerdict(wizard().test, wizard().form)).toBe('outdated');
  });
});

describe('pasting into a field of the wizard', () => {
  it('takes a connection apart, and leaves any other text to the field', () => {
    actions().openNew();
    expect(actions().takePasted('db.example.com')).toBe(false);
    expect(wizard().form).toEqual(emptyForm('postgres'));
    expect(actions().takePasted('postgres://ada:s3cret@db.example.com/shop')).toBe(true);
    expect(wizard().form).toMatchObject({
      values: { host: 'db.example.com' },
      secrets: { password: { typed: 's3cret' } },
    });
  });

  it('means the whole text by undoing it, until something is typed', () => {
    actions().openNew();
    actions().fillFromText('postgres://ada@db.example.com/shop');
    expect(isJustFilled(wizard())).toBe(true);
    actions().setField('name', 'Mine');
    expect(isJustFilled(wizard())).toBe(false);
    actions().undoFill();
    expect(wizard().form).toEqual({ ...emptyForm('postgres'), name: 'Mine' });
  });
});

describe('the demo database in the wizard', () => {
  it('fills everything in and tests it', async () => {
    actions().openDemo();
    await main.answer('demo.prepare', { ...fields, origin: 'demo' });
    expect(wizard().step).toBe('details');
    expect(main.last('dataSources.test').input).toMatchObject({
      fields: { origin: 'demo' },
      secrets: {},
    });
  });

  it('stays at the choice when its preparation is cancelled, whatever main answers then', async () => {
    actions().openDemo();
    actions().cancelDemo();
    expect(main.last('demo.prepare').signal?.aborted).toBe(true);
    await main.answer('demo.prepare', { ...fields, origin: 'demo' });
    expect(wizard()).toMatchObject({ step: 'kind', demo: { status: 'cancelled' } });
  });

  it('shows why it could not be prepared', async () => {
    actions().openDemo();
    await main.fail('demo.prepare', failure('DEMO_FAILED'));
    expect(wizard().demo).toMatchObject({ status: 'failed', error: { code: 'DEMO_FAILED' } });
  });
});

describe('saving and closing the wizard', () => {
  it('closes when it has saved, and answers what was saved', async () => {
    actions().openEdit(summary);
    const saving = actions().save();
    await main.answer('dataSources.save', saved);
    expect(await saving).toEqual(saved);
    expect(store.getState().wizard).toBeNull();
  });

  it('saves a rename without a test or a server', async () => {
    actions().openEdit(summary);
    actions().setField('name', 'Renamed');
    void actions().save();
    expect(main.last('dataSources.save').input).toMatchObject({ id, fields: { name: 'Renamed' } });
    expect(main.countOf('dataSources.test')).toBe(0);
  });

  it('neither tests nor saves incomplete details, and shows what is missing', async () => {
    actions().openNew();
    actions().chooseKind('postgres');
    await actions().runTest();
    expect(await actions().save()).toBeNull();
    expect(main.calls).toEqual([]);
    expect(wizard()).toMatchObject({ step: 'details', refusedCount: 2 });
    expect(wizard().touched).toContain('name');
  });

  it('never leads back to the choice of kind for a data source that exists', () => {
    actions().openEdit(summary);
    actions().showKinds();
    expect(wizard().step).toBe('details');
  });

  it('stays open with everything typed when saving fails', async () => {
    actions().openEdit(summary);
    actions().setField('name', 'Renamed');
    void actions().save();
    await main.fail('dataSources.save', failure('DISK_FULL'));
    expect(wizard()).toMatchObject({ saving: { status: 'failed' }, form: { name: 'Renamed' } });
  });

  it.each(['VAULT_PASSPHRASE_REQUIRED', 'VAULT_MODE_REQUIRED'] as const)(
    'saves by itself once a person has settled %s',
    async (code) => {
      makesVaultUsable = true;
      actions().openEdit(summary);
      const saving = actions().save();
      await main.fail('dataSources.save', failure(code));
      expect(main.countOf('dataSources.save')).toBe(2);
      await main.answer('dataSources.save', saved);
      expect(await saving).toEqual(saved);
    },
  );

  it('shows why nothing was saved when the person would not make the vault usable', async () => {
    actions().openEdit(summary);
    void actions().save();
    await main.fail('dataSources.save', failure('VAULT_MODE_REQUIRED'));
    expect(main.countOf('dataSources.save')).toBe(1);
    expect(wizard().saving).toMatchObject({ status: 'failed', error: { code: 'VAULT_MODE_REQUIRED' } });
  });

  it('saves once, however often the button is pressed', () => {
    actions().openEdit(summary);
    void actions().save();
    void actions().save();
    expect(main.countOf('dataSources.save')).toBe(1);
  });

  it('asks before it throws away what was typed, and does not ask when nothing was', () => {
    actions().openEdit(summary);
    actions().requestClose();
    expect(store.getState().wizard).toBeNull();
    actions().openNew();
    actions().setField('name', 'Half');
    actions().requestClose();
    expect(wizard().askingToDiscard).toBe(true);
    actions().keepEditing();
    expect(wizard()).toMatchObject({ askingToDiscard: false, form: { name: 'Half' } });
  });

  it('is not opened anew by a shortcut while something is typed in it', () => {
    actions().openNew();
    actions().setField('name', 'Half');
    actions().openNew();
    actions().openEdit(summary);
    expect(wizard()).toMatchObject({ original: null, form: { name: 'Half' } });
  });

  it('gives up a running test when it is closed, and drops its answer', async () => {
    startTest();
    actions().close();
    expect(main.last('dataSources.test').signal?.aborted).toBe(true);
    actions().openNew();
    await main.answer('dataSources.test', failedReport);
    expect(wizard().test.status).toBe('idle');
  });
});

describe('signing in', () => {
  const secretId = '33333333-3333-4333-8333-333333333333';
  const fillIn = (): void => {
    actions().openNew();
    actions().chooseKind('rest');
    actions().setField('name', 'Shop');
    const values = { baseUrl: 'https://api.ex.test', auth: 'oauth-code', clientId: 'mooring' };
    const urls = { authorizationUrl: 'https://id.ex.test/a', tokenUrl: 'https://id.ex.test/t' };
    for (const [key, text] of Object.entries({ ...values, ...urls })) actions().setValue(key, text);
  };

  it('puts the name of what was obtained into the form, with how long it lasts', async () => {
    fillIn();
    void actions().signIn();
    expect(wizard().signIn.status).toBe('running');
    await main.answer('requests.signIn', { field: 'refreshToken', id: secretId, expiresAt: 5_000 });
    expect(wizard().signIn.status).toBe('idle');
    expect(wizard().form.secrets.refreshToken?.obtained).toEqual({ id: secretId, expiresAt: 5_000 });
  });

  it('says why it failed, and nothing when the person gave it up', async () => {
    fillIn();
    void actions().signIn();
    await main.fail('requests.signIn', failure('AUTH_FAILED'));
    expect(wizard().signIn).toMatchObject({ status: 'failed', error: { code: 'AUTH_FAILED' } });
    void actions().signIn();
    actions().cancelSignIn();
    expect(main.last('requests.signIn').signal?.aborted).toBe(true);
    expect(wizard().signIn.status).toBe('idle');
  });

  it('waits for details that are right', () => {
    fillIn();
    actions().setValue('clientId', '');
    void actions().signIn();
    expect(main.countOf('requests.signIn')).toBe(0);
    expect(wizard().refusedCount).toBe(1);
  });

  it('fills in what a document says, but for what the person has typed', () => {
    fillIn();
    const values = { auth: 'api-key', keyName: 'X-Shop-Key' };
    actions().takeDocument({ resources: [], address: 'https://eu.ex.test/v2', values });
    expect(wizard().form.values).toMatchObject({
      baseUrl: 'https://api.ex.test',
      auth: 'oauth-code',
      keyName: 'X-Shop-Key',
    });
  });

  it('prepares the demo API as it does the demo database', async () => {
    actions().openNew();
    void actions().prepareDemo('api');
    expect(wizard().demo).toEqual({ status: 'preparing', what: 'api' });
    actions().cancelDemo();
    expect(wizard().demo).toEqual({ status: 'cancelled', what: 'api' });
    expect(main.last('demo.startApi').signal?.aborted).toBe(true);
  });
});
