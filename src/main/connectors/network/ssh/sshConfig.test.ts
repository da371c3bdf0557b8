import { userInfo } from 'node:os';
import { describe, expect, it } from 'vitest';
import { failureOf } from '../../../../../tests/support/failureOf.ts';
import { configuredHosts } from './sshConfig.ts';

const nothing = { port: null, user: null };

describe('~/.ssh/config', () => {
  it('names host, port, user and keys of an alias, and what is typed counts more', async () => {
    const text = [
      'Host bastion',
      '  HostName bastion.example.com',
      '  Port 2222',
      '  User ann',
      '  IdentityFile ~/.ssh/work',
      '  IdentitiesOnly yes',
    ].join('\n');
    const [host] = await configuredHosts(text, 'bastion', nothing);
    expect(host).toEqual({
      ...{ host: 'bastion.example.com', port: 2222, user: 'ann', keyPaths: ['~/.ssh/work'], isStrict: true },
    });
    expect(await configuredHosts(text, 'bastion', { port: 22, user: 'bob' })).toMatchObject([
      { port: 22, user: 'bob' },
    ]);
  });

  it('takes a host that it does not name as it is', async () => {
    expect(await configuredHosts('', 'db.example.com', nothing)).toMatchObject([
      { host: 'db.example.com', port: 22, user: userInfo().username, isStrict: false },
    ]);
  });

  it('follows jumps, each with its own settings', async () => {
    const text = [
      'Host db',
      '  HostName 10.0.0.5',
      '  ProxyJump inner',
      'Host inner',
      '  ProxyJump carl@outer:2022',
      'Host outer',
      '  HostName outer.example.com',
      'Host *',
      '  User ann',
    ].join('\n');
    expect(await configuredHosts(text, 'db', nothing)).toMatchObject([
      { host: 'outer.example.com', port: 2022, user: 'carl' },
      { host: 'inner', port: 22, user: 'ann' },
      { host: '10.0.0.5', port: 22, user: 'ann' },
    ]);
  });

  it('is refused with jumps in a circle, and runs no program', async () => {
    const circle = 'Host a\n  ProxyJump b\nHost b\n  ProxyJump a\n';
    expect(await failureOf(configuredHosts(circle, 'a', nothing))).toMatchObject({
      code: 'SSH_CONFIG_INVALID',
    });
    const exec = 'Match exec "exit 0"\n  User mallory\n';
    const [host] = await configuredHosts(exec, 'a', nothing);
    expect(host?.user).not.toBe('mallory');
  });
});
