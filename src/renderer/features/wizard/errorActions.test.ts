import { beforeEach, describe, expect, it } from 'vitest';
import { someFields } from '../../../../tests/support/dataSources.ts';
import { FakeMain } from '../../../../tests/support/FakeMain.ts';
import type { DataSourceSummary } from '../../../shared/model/dataSource.ts';
import { createWithVault } from '../vault/withVault.ts';
import { canAct } from './errorActions.ts';
import { createWizardStore } from './wizardStore.ts';

const summary: DataSourceSummary = {
  dataSource: {
    ...someFields({ database: 'shop' }),
    id: 'b2e3a7de-5d0a-4b1e-9d6b-0a5b1f1c2d3e',
    createdAt: 0,
    updatedAt: 0,
  },
  secrets: {},
  integrity: 'intact',
};

let main: FakeMain;
let store: ReturnType<typeof createWizardStore>;
const wizard = () => {
  const { wizard: open } = store.getState();
  if (open === null) throw new Error('The wizard is closed');
  return open;
};
const act = (action: Parameters<ReturnType<typeof store.getState>['act']>[0]) => store.getState().act(action);

beforeEach(() => {
  main = new FakeMain();
  const answer = () => Promise.resolve(false);
  store = createWizardStore({
    call: main.call,
    onEvent: main.onEvent,
    newCallId: () => '11111111-1111-4111-8111-111111111111',
    withVault: createWithVault({ unlock: answer, chooseMode: answer }),
  });
  store.getState().openEdit(summary);
});

describe('what an error offers in the wizard', () => {
  it('turns TLS on at once, and tests with it', () => {
    store.getState().setValue('tlsMode', 'disable');
    void act({ action: 'set-tls-mode', mode: 'verify-full' });
    expect(wizard()).toMatchObject({
      form: { values: { tlsMode: 'verify-full' } },
      test: { status: 'running' },
    });
  });

  it('protects less only after the person has agreed', () => {
    store.getState().setValue('tlsMode', 'verify-full');
    void act({ action: 'set-tls-mode', mode: 'encrypt' });
    expect(wizard()).toMatchObject({ weakerMode: 'encrypt', form: { values: { tlsMode: 'verify-full' } } });
    store.getState().keepTlsMode();
    store.getState().confirmWeaker();
    expect(wizard()).toMatchObject({
      form: { values: { tlsMode: 'verify-full' } },
      test: { status: 'idle' },
    });
    void act({ action: 'set-tls-mode', mode: 'encrypt' });
    store.getState().confirmWeaker();
    expect(wizard()).toMatchObject({ weakerMode: null, form: { values: { tlsMode: 'encrypt' } } });
  });

  it('asks for the certificate that a mode cannot do without', () => {
    store.getState().setValue('tlsMode', 'encrypt');
    void act({ action: 'set-tls-mode', mode: 'verify-ca' });
    expect(wizard()).toMatchObject({ focus: { field: 'engine.caPem' }, test: { status: 'idle' } });
  });

  it('is only what the form has a field for, and what a saved data source may become', () => {
    const can = (action: Parameters<typeof canAct>[1]) => canAct(wizard(), action);
    expect(can({ action: 'open-field', field: 'host' })).toBe(true);
    expect(can({ action: 'open-field', field: 'socketPath' })).toBe(false);
    expect(can({ action: 'open-field', field: 'constructor' })).toBe(false);
    expect(can({ action: 'use-engine', kind: 'mysql' })).toBe(false);
    expect(can({ action: 'start-demo' })).toBe(false);
  });

  it('lists the databases of the server, and uses the one that is chosen', async () => {
    void act({ action: 'choose-database' });
    expect(main.last('dataSources.databases').input).toMatchObject({ id: summary.dataSource.id });
    await main.answer('dataSources.databases', ['postgres', 'shop2']);
    expect(wizard().databases).toEqual({ status: 'shown', names: ['postgres', 'shop2'] });
    store.getState().useDatabase('shop2');
    expect(wizard()).toMatchObject({
      databases: { status: 'idle' },
      form: { values: { database: 'shop2' } },
    });
  });
});
