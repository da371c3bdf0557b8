import { describe, expect, it } from 'vitest';
import { type NetworkSettings, networkSchema } from '../model/network.ts';
import { engineOf, formValuesOf, settingsOfForm } from './engines.ts';
import { networkNames } from './networkForm.ts';

const hop = { host: 'bastion', port: 2222, user: 'ann', auth: 'password', keyPath: null } as const;
const tunnel: NetworkSettings = {
  type: 'ssh',
  hops: [
    { ...hop, slot: 'B' },
    { slot: 'A', host: 'inner', port: null, user: null, auth: 'config', keyPath: null },
  ],
};
const proxy: NetworkSettings = { type: 'http-connect', host: 'proxy', port: 3128, user: null };

const valuesWith = (network: NetworkSettings | undefined) => {
  const values = { ...engineOf('postgres').form.valuesOf(null), database: 'shop', user: 'ann' };
  const { config } = settingsOfForm('postgres', values);
  return formValuesOf({ kind: 'postgres', config: { ...config, ...(network !== undefined && { network }) } });
};

describe('the network part of a form', () => {
  it.each([undefined, tunnel, proxy])('shows %j and makes it again', (network) => {
    expect(settingsOfForm('postgres', valuesWith(network)).config.network).toEqual(network);
  });

  it('of a way straight to the server adds no key, so that what was signed before there were tunnels still is', () => {
    expect(Object.keys(settingsOfForm('postgres', valuesWith(undefined)).config)).not.toContain('network');
  });

  it('asks of each hop for what its way to log in needs', () => {
    const { sections } = engineOf('postgres').form;
    const fields = sections.flatMap((section) => section.fields);
    const shown = (network: NetworkSettings) => {
      const values = valuesWith(network);
      return fields.flatMap(({ key, within, isShown }) => (within && isShown?.(values) ? [key] : []));
    };
    expect(shown(tunnel)).toEqual([
      ...['sshHostA', 'sshPortA', 'sshUserA', 'sshAuthA', 'sshKeyPassphraseA', 'sshPasswordA'],
      ...['sshHostB', 'sshPortB', 'sshUserB', 'sshAuthB', 'sshPasswordB'],
    ]);
    expect(shown(proxy)).toEqual([]);
  });

  it('is refused where a hop is not whole, at its own place', () => {
    const placesOf = (network: unknown) =>
      networkSchema.safeParse(network).error?.issues.map(({ path }) => path.join('.'));
    const bad = { ...hop, slot: 'A', user: null, auth: 'key' };
    expect(placesOf({ type: 'ssh', hops: [bad] })).toEqual(['hops.0.user', 'hops.0.keyPath']);
    expect(placesOf({ type: 'ssh', hops: [] })).toEqual(['hops']);
    expect(
      placesOf({
        type: 'ssh',
        hops: [
          { ...hop, slot: 'A' },
          { ...hop, slot: 'A' },
        ],
      }),
    ).toEqual(['hops']);
    expect(placesOf({ type: 'ssh', hops: [{ ...hop, slot: 'A', keyPath: 'id_rsa' }] })).toEqual([
      'hops.0.keyPath',
    ]);
  });

  it('names who gets to see what is sent', () => {
    expect(networkNames(tunnel)).toEqual([{ label: 'SSH tunnel', value: 'ann@bastion:2222 → inner' }]);
    expect(networkNames(proxy)).toEqual([{ label: 'HTTP proxy', value: 'proxy:3128' }]);
    expect(networkNames(undefined)).toEqual([]);
  });
});
