import { once } from 'node:events';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/support/FakeClock.ts';
import { MemoryKeychain } from '../../../../tests/support/MemoryKeychain.ts';
import { freePort } from '../../../../tests/support/serverProcess.ts';
import type { MonitoringSettings } from '../../../shared/model/monitoring.ts';
import { neverAborted } from '../../base/abort.ts';
import { type LogFields, silentLogger } from '../Logger.ts';
import { EventLoopDelay } from '../prometheus/EventLoopDelay.ts';
import { Monitoring } from './Monitoring.ts';

const account = 'metrics';

describe('monitoring', () => {
  let keychain: MemoryKeychain;
  let kept: MonitoringSettings;
  let port: number;
  let answer: boolean;
  let copied: string[];
  let logged: (LogFields | undefined)[];
  let running: Monitoring[];

  /** As after a start of the app. */
  function started(): Monitoring {
    const monitoring = new Monitoring({
      exposition: { contentType: 'text/plain', pages: async () => [Buffer.from('metrics')] },
      eventLoopDelay: new EventLoopDelay(),
      settings: {
        read: () => kept,
        write: (settings) => {
          kept = settings;
        },
      },
      tokens: { read: () => keychain.read(account), write: (token) => keychain.write(account, token) },
      clipboard: { copySecretText: async (text) => void copied.push(text) },
      ask: async () => answer,
      clock: new FakeClock(),
      logger: { ...silentLogger, warn: (_, fields) => logged.push(fields) },
    });
    running.push(monitoring);
    return monitoring;
  }

  async function turnedOn(): Promise<Monitoring> {
    const monitoring = started();
    await monitoring.configure({ isOn: true, port });
    return monitoring;
  }

  /** The token as a person gets it. */
  async function tokenOf(monitoring: Monitoring): Promise<string> {
    await monitoring.copyScrapeConfig(neverAborted);
    return /credentials: (\S+)/.exec(copied.at(-1) ?? '')?.[1] ?? '';
  }

  /** Not by `fetch`, which adds what browsers add. */
  function statusWith(token: string): Promise<number | undefined> {
    const headers = { authorization: `Bearer ${token}` };
    return new Promise((resolve, reject) => {
      get({ host: '127.0.0.1', port, path: '/metrics', headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).on('error', reject);
    });
  }

  beforeEach(async () => {
    keychain = new MemoryKeychain();
    port = await freePort();
    kept = { isOn: false, port };
    answer = true;
    copied = [];
    logged = [];
    running = [];
  });

  afterEach(() => Promise.all(running.map((monitoring) => monitoring.close())));

  it('is off, with nothing that listens and no token, until a person turns it on', async () => {
    const monitoring = started();
    await monitoring.start();
    expect(monitoring.status()).toEqual({ status: 'off', port });
    expect(keychain.items.size).toBe(0);
    await expect(fetch(`http://127.0.0.1:${port}/metrics`)).rejects.toThrow();
    await expect(monitoring.copyScrapeConfig(neverAborted)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(monitoring.renewToken(neverAborted)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is on after the next start too, with the same token', async () => {
    const token = await tokenOf(await turnedOn());
    await running[0]?.close();
    const next = started();
    await next.start();
    expect(next.status()).toMatchObject({ status: 'listening', port, isTokenKept: true, lastScrapeAt: null });
    expect(await tokenOf(next)).toBe(token);
    expect(await statusWith(token)).toBe(200);
    expect(next.status()).toMatchObject({ lastScrapeAt: expect.any(Number) });
  });

  it('stops listening when it is turned off', async () => {
    const monitoring = await turnedOn();
    expect(await monitoring.configure({ isOn: false, port })).toEqual({ status: 'off', port });
    await expect(fetch(`http://127.0.0.1:${port}/metrics`)).rejects.toThrow();
    expect(kept.isOn).toBe(false);
  });

  it('stays as it is when the port that is wanted is taken', async () => {
    const monitoring = await turnedOn();
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port: taken } = other.address() as AddressInfo;
    const moving = monitoring.configure({ isOn: true, port: taken });
    await expect(moving).rejects.toMatchObject({ code: 'PORT_IN_USE' });
    other.close();
    const address = `http://127.0.0.1:${port}/metrics`;
    expect(monitoring.status()).toMatchObject({ status: 'listening', address });
    expect(await statusWith(await tokenOf(monitoring))).toBe(200);
  });

  it('says at the next start that its port is taken, and listens once it is free and a person tries again', async () => {
    const first = await turnedOn();
    const second = started();
    await second.start();
    expect(second.status()).toMatchObject({ status: 'failed', error: { code: 'PORT_IN_USE' } });
    await first.close();
    expect(await second.configure({ isOn: true, port })).toMatchObject({ status: 'listening' });
  });

  it('has a token for this run only when the keychain is locked, says so, and leaves the kept one alone', async () => {
    const token = await tokenOf(await turnedOn());
    await running[0]?.close();
    keychain.isLocked = true;
    const locked = started();
    await locked.start();
    expect(locked.status()).toMatchObject({ status: 'listening', isTokenKept: false });
    expect(await tokenOf(locked)).not.toBe(token);
    await locked.close();
    keychain.isLocked = false;
    const unlocked = started();
    await unlocked.start();
    expect(await tokenOf(unlocked)).toBe(token);
  });

  it('takes nothing for its token that is not one', async () => {
    keychain.items.set(account, 'short');
    expect(await tokenOf(await turnedOn())).toMatch(/^mooring_metrics_[\w-]{43}$/);
  });

  it('refuses the old token as soon as there is another one', async () => {
    const monitoring = await turnedOn();
    const old = await tokenOf(monitoring);
    await monitoring.renewToken(neverAborted);
    const renewed = await tokenOf(monitoring);
    expect(await statusWith(old)).toBe(401);
    expect(await statusWith(renewed)).toBe(200);
    expect(keychain.items.get(account)).toBe(renewed);
  });

  it('keeps the old token when the new one cannot be kept, or the person says no', async () => {
    const monitoring = await turnedOn();
    const token = await tokenOf(monitoring);
    keychain.isLocked = true;
    await expect(monitoring.renewToken(neverAborted)).rejects.toMatchObject({ code: 'VAULT_UNAVAILABLE' });
    answer = false;
    await expect(monitoring.renewToken(neverAborted)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await monitoring.copyScrapeConfig(neverAborted)).toBe(false);
    answer = true;
    expect(await tokenOf(monitoring)).toBe(token);
  });

  it('writes neither a refused token nor its own into the log, and not each of many', async () => {
    await turnedOn();
    for (let count = 0; count < 8; count += 1) await statusWith('a-guess');
    expect(logged).toHaveLength(5);
    expect(JSON.stringify(logged)).not.toMatch(/guess|mooring_metrics/);
  });

  it('does not begin to listen when the app ends while the keychain is asked', async () => {
    let answerNow: () => void = () => undefined;
    keychain.before = () =>
      new Promise((resolve) => {
        answerNow = resolve;
      });
    kept = { isOn: true, port };
    const monitoring = started();
    const starting = monitoring.start();
    await Promise.resolve();
    await monitoring.close();
    keychain.before = () => Promise.resolve();
    answerNow();
    await starting;
    await expect(fetch(`http://127.0.0.1:${port}/metrics`)).rejects.toThrow();
  });
});
