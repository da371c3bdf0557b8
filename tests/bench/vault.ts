import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as nextTurn } from 'node:timers/promises';
import { hashRaw } from '@node-rs/argon2';
import { neverAborted } from '../../src/main/base/abort.ts';
import { systemClock as clock } from '../../src/main/base/Clock.ts';
import { endpointHash } from '../../src/main/dataSources/secrets/endpointBinding.ts';
import { silentLogger as logger } from '../../src/main/observability/Logger.ts';
import { Database } from '../../src/main/store/Database.ts';
import { HelperKeychain } from '../../src/main/vault/keychain/HelperKeychain.ts';
import type { Keychain } from '../../src/main/vault/keychain/Keychain.ts';
import type { SealedSecret } from '../../src/main/vault/secrets/SecretRepository.ts';
import type { DataSource } from '../../src/shared/model/dataSource.ts';
import { someDataSource } from '../support/dataSources.ts';
import { nodeKeychainProcess } from '../support/keychainProcess.ts';
import { MemoryKeychain } from '../support/MemoryKeychain.ts';
import { startVault, unwatched } from '../support/startVault.ts';
import { type Figure, median, timed } from './figures.ts';

const roundCount = 7;
const passphrase = 'correct horse battery staple';
const refOf = ({ id }: DataSource) => ({ dataSourceId: id, field: 'password' });
const passwordOf = ({ id }: DataSource) => `password of ${id}`;

/** A vault as the app has it, over a real store in a folder of its own. */
function openVault(keychain: Keychain = new MemoryKeychain()) {
  const folder = mkdtempSync(join(tmpdir(), 'mooring-bench-'));
  const database = Database.open({ folder, clock, logger });
  const start = () => {
    const started = startVault({
      database,
      keychain,
      clock,
      logger,
      hashFor: ({ dataSourceId }) => {
        const dataSource = started.dataSources.find(dataSourceId);
        return dataSource === null ? null : endpointHash(dataSource);
      },
    });
    return started;
  };
  const close = () => {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { ...start(), database, start, close };
}

type Opened = ReturnType<typeof openVault>;

/** Data sources with a password each, signed, saved in one transaction. */
async function saveMany({ vault, dataSources, database }: Opened, count: number): Promise<DataSource[]> {
  const saved = Array.from({ length: count }, () => someDataSource());
  const sealed: SealedSecret[] = [];
  for (const dataSource of saved) {
    sealed.push(await vault.prepareSeal(refOf(dataSource), passwordOf(dataSource), endpointHash(dataSource)));
  }
  database.transaction(() => {
    for (const secret of sealed) vault.keep(secret);
    for (const dataSource of saved) dataSources.put(dataSource, { password: 1 });
  });
  return saved;
}

/** AES-256-GCM of Node alone, with as much additional data as an envelope has. */
function bareCrypto(count: number): { readonly sealMs: number; readonly openMs: number } {
  const key = randomBytes(32);
  const bound = randomBytes(180);
  const plaintext = Buffer.from('password of 7c9e6679-7425-40de-944b-e07fc1f90ae7');
  const sealed: (readonly [Buffer, Buffer, Buffer])[] = [];
  const startedMs = performance.now();
  for (let index = 0; index < count; index += 1) {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 });
    cipher.setAAD(bound);
    const text = Buffer.concat([cipher.update(plaintext), cipher.final()]);
    sealed.push([nonce, cipher.getAuthTag(), text]);
  }
  const sealedMs = performance.now();
  for (const [nonce, tag, text] of sealed) {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 });
    decipher.setAAD(bound);
    decipher.setAuthTag(tag);
    Buffer.concat([decipher.update(text), decipher.final()]);
  }
  return { sealMs: sealedMs - startedMs, openMs: performance.now() - sealedMs };
}

const perSecond = (count: number, ms: number): number => count / (ms / 1_000);

/** With all that belongs to it: the row's key and revision, the key ring, the log. */
async function measureSealing(): Promise<Figure[]> {
  const count = 2_000;
  const opened = openVault();
  const saved = await saveMany(opened, count);
  const sealMs: number[] = [];
  const openMs: number[] = [];
  const bare: ReturnType<typeof bareCrypto>[] = [];
  for (let round = 0; round < roundCount; round += 1) {
    bare.push(bareCrypto(count));
    sealMs.push(
      await timed(async () => {
        for (const one of saved) {
          await opened.vault.prepareSeal(refOf(one), passwordOf(one), endpointHash(one));
        }
      }),
    );
    openMs.push(
      await timed(async () => {
        for (const one of saved) {
          const revision = opened.vault.revisionOf(refOf(one)) ?? 0;
          await opened.vault.open(refOf(one), endpointHash(one), { revision });
        }
      }),
    );
  }
  opened.close();
  const figure = (name: string, ours: number[], floors: number[]): Figure => {
    const rate = perSecond(count, median(ours));
    const floor = perSecond(count, median(floors));
    const against = `bare node:crypto ${floor.toFixed(0)} /s, ratio ${(rate / floor).toFixed(2)}`;
    return { name, value: rate, unit: '/s', against };
  };
  return [
    figure(
      'vault, seal',
      sealMs,
      bare.map((round) => round.sealMs),
    ),
    figure(
      'vault, open',
      openMs,
      bare.map((round) => round.openMs),
    ),
  ];
}

async function measureUnlock(): Promise<Figure> {
  const opened = openVault();
  await opened.vault.setMode({ mode: 'passphrase', passphrase }, unwatched);
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < roundCount; round += 1) {
    const costs = { memoryCost: 65_536, timeCost: 3, parallelism: 4, salt: randomBytes(16), outputLen: 32 };
    bare.push(await timed(() => hashRaw(passphrase, costs)));
    opened.vault.lock();
    ours.push(await timed(() => opened.vault.unlock(passphrase)));
  }
  opened.close();
  const floor = median(bare);
  const against = `bare Argon2id ${floor.toFixed(0)} ms, ratio ${(median(ours) / floor).toFixed(2)}`;
  return { name: 'vault, unlock with passphrase', value: median(ours), unit: 'ms', against };
}

/** The first password after a start, with the session's own keychain behind its helper. */
async function measureKeychain(): Promise<Figure> {
  const keychain = new HelperKeychain({ process: nodeKeychainProcess(), clock });
  const opened = openVault(keychain);
  const [one] = await saveMany(opened, 1);
  if (one === undefined) throw new Error('Nothing was saved.');
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < roundCount; round += 1) {
    bare.push(await timed(() => keychain.read('vault:none')));
    opened.vault.lock();
    ours.push(await timed(() => opened.vault.open(refOf(one), endpointHash(one))));
  }
  await opened.vault.startOver(neverAborted);
  opened.close();
  keychain.close();
  const floor = median(bare);
  const against = `one call of the keychain ${floor.toFixed(2)} ms, ratio ${(median(ours) / floor).toFixed(2)}`;
  return { name: 'vault, open with keychain', value: median(ours), unit: 'ms', against };
}

async function measureRotation(count: number): Promise<Figure[]> {
  const opened = openVault();
  await saveMany(opened, count);
  const tookMs: number[] = [];
  const blockedMs: number[] = [];
  const bareMs: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const bare = bareCrypto(count);
    bareMs.push(bare.sealMs + 3 * bare.openMs);
    const delays = monitorEventLoopDelay({ resolution: 1 });
    delays.enable();
    tookMs.push(await timed(() => opened.vault.rotate({ destroyOldKey: true }, unwatched)));
    // The delay of what is not over yet is not in the figures.
    await nextTurn(5);
    delays.disable();
    blockedMs.push(delays.max / 1e6);
  }
  opened.close();
  const name = `vault, rotate ${count.toLocaleString('en')}`;
  const floor = `bare node:crypto ${median(bareMs).toFixed(0)} ms`;
  const goal = count === 10_000 ? 'target: under 2,000 ms; ' : '';
  return [
    { name, value: median(tookMs), unit: 'ms', against: `${goal}${floor}` },
    {
      name: `${name}, longest block`,
      value: Math.max(...blockedMs),
      unit: 'ms',
      against: 'target: under 50 ms',
    },
  ];
}

/** What a start of the app pays before its window shows. */
async function measureStart(): Promise<Figure> {
  const opened = openVault();
  await saveMany(opened, 1_000);
  const ms: number[] = [];
  for (let round = 0; round < roundCount; round += 1) {
    ms.push(await timed(async () => opened.start().vault.status()));
  }
  opened.close();
  const against = `target: under 5 ms; longest ${Math.max(...ms).toFixed(1)} ms`;
  return { name: 'vault, start', value: median(ms), unit: 'ms', against };
}

export async function measureVault(): Promise<Figure[]> {
  return [
    ...(await measureSealing()),
    await measureUnlock(),
    await measureKeychain(),
    ...(await measureRotation(1_000)),
    ...(await measureRotation(10_000)),
    await measureStart(),
  ];
}
