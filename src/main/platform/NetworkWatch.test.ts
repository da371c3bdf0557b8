import type { NetworkInterfaceInfo } from 'node:os';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/support/FakeClock.ts';
import { NetworkWatch } from './NetworkWatch.ts';

const at = (cidr: string, internal = false): NetworkInterfaceInfo => ({
  address: cidr.split('/')[0] ?? '',
  netmask: '255.255.255.0',
  family: 'IPv4',
  mac: '00:00:00:00:00:00',
  internal,
  cidr,
});

describe('NetworkWatch', () => {
  let clock: FakeClock;
  let interfaces: Record<string, NetworkInterfaceInfo[]>;
  let changeCount: number;
  let watch: NetworkWatch;

  beforeEach(() => {
    clock = new FakeClock();
    interfaces = { lo: [at('127.0.0.1/8', true)], wlan0: [at('192.0.2.7/24')] };
    changeCount = 0;
    const onChange = () => {
      changeCount += 1;
    };
    watch = new NetworkWatch(clock, onChange, () => interfaces);
    watch.start();
  });

  it('tells when an address comes, goes or changes, once each', async () => {
    interfaces = { ...interfaces, tun0: [at('198.51.100.3/32')] };
    await clock.advance(10_000);
    expect(changeCount).toBe(1);
    interfaces = { lo: [at('127.0.0.1/8', true)] };
    await clock.advance(10_000);
    expect(changeCount).toBe(2);
  });

  it('tells nothing while only the order or a loopback address changes', async () => {
    interfaces = { wlan0: [at('192.0.2.7/24')], lo: [at('127.0.0.1/8', true), at('127.0.0.2/8', true)] };
    await clock.advance(10_000);
    expect(changeCount).toBe(0);
  });

  it('stays quiet when the system does not list its interfaces, and goes on when it does again', async () => {
    const known = interfaces;
    const look = () => {
      if (interfaces !== known) throw new Error('EACCES');
      return interfaces;
    };
    const second = new NetworkWatch(clock, () => (changeCount += 1), look);
    second.start();
    interfaces = {};
    watch.stop();
    await clock.advance(4_000);
    interfaces = known;
    await clock.advance(4_000);
    expect(changeCount).toBe(0);
    second.stop();
    expect(clock.pendingCount).toBe(0);
  });
});
