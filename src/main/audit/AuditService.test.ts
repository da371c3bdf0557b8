import { beforeEach, describe, expect, it } from 'vitest';
import { TrailUnderTest } from '../../../tests/support/auditTrail.ts';
import type { AuditStatus } from '../../shared/model/audit.ts';
import { AppError } from '../base/AppError.ts';
import { neverAborted } from '../base/abort.ts';
import type { Question } from '../base/Question.ts';
import { type Logger, silentLogger } from '../observability/Logger.ts';
import { AuditService } from './AuditService.ts';
import { TrailExport } from './TrailExport.ts';

let under: TrailUnderTest;
let service: AuditService;
let told: AuditStatus[];
let logged: string[];
let questions: Question[];
let answer: boolean;
let openKey: () => Promise<void>;

beforeEach(() => {
  under = new TrailUnderTest();
  told = [];
  logged = [];
  questions = [];
  answer = true;
  openKey = async () => undefined;
  const { trail, retention, clock } = under;
  const log = (message: string) => void logged.push(message);
  const logger: Logger = { ...silentLogger, error: log, info: log };
  const dialogs = { chooseTarget: async () => null };
  service = new AuditService({
    trail,
    retention,
    exporter: new TrailExport({ trail, repository: under.store.audit, dialogs, clock }),
    openKey: () => openKey(),
    ask: async (question) => {
      questions.push(question);
      return answer;
    },
    clock,
    logger,
  });
  service.onStatus.on((status) => told.push(status));
});

/** Until the check that runs by itself has ended. */
const checked = () => service.check(neverAborted);
const tamper = () => under.run("UPDATE audit_entries SET outcome = 'X' WHERE sequence = 2");

describe('the audit trail at the start of the app', () => {
  it('is checked a while after it, by itself, and says nothing when it is intact', async () => {
    under.recordDays(3);
    service.start();
    expect(service.status()).toMatchObject({ check: null, isSeen: true });
    await under.clock.advance(5_000);
    await checked();
    expect(told[0]).toMatchObject({ check: { status: 'intact', entryCount: 3 }, isSeen: true });
    expect(logged).toEqual([]);
  });

  it('is told of and logged when it is broken, until somebody has looked', async () => {
    under.recordDays(3);
    tamper();
    service.start();
    await under.clock.advance(5_000);
    await expect.poll(() => told.length).toBe(1);
    expect(told[0]).toMatchObject({ check: { status: 'broken', at: 2 }, isSeen: false });
    expect(logged).toEqual(['The audit trail is broken']);
    service.seen();
    expect(told.at(-1)).toMatchObject({ check: { status: 'broken', at: 2 }, isSeen: true });
  });

  it('is checked once more when its signatures can be checked', async () => {
    under.recordDays(3);
    under.keysInMemory.clear();
    service.start();
    await under.clock.advance(5_000);
    await expect.poll(() => told.length).toBe(1);
    expect(told[0]).toMatchObject({ check: { signaturesChecked: false } });
    under.keysInMemory.add(1);
    service.vaultOpened();
    await expect.poll(() => told.length).toBe(2);
    expect(told[1]).toMatchObject({ check: { signaturesChecked: true } });
    service.vaultOpened();
    await checked();
    expect(told).toHaveLength(3);
  });

  it('loses what has become too old meanwhile, but nothing while it is broken', async () => {
    under.recordDays(3);
    await service.setRetention(30, neverAborted);
    under.recordDays(40);
    service.start();
    await under.clock.advance(5_000);
    await expect.poll(() => logged).toContain('Old audit entries were removed');
    expect(await checked()).toMatchObject({ status: 'intact', startsAfter: 15 });
    under.recordDays(40);
    under.run("UPDATE audit_entries SET outcome = 'X' WHERE sequence = 60");
    const before = under.sequences().length;
    service.start();
    await under.clock.advance(5_000);
    await expect.poll(() => logged).toContain('The audit trail is broken');
    expect(under.sequences()).toHaveLength(before);
  });
});

describe('deciding how long entries are kept', () => {
  beforeEach(() => under.recordDays(50));

  it('asks, and says how many entries go', async () => {
    expect(await service.setRetention(30, neverAborted)).toBe(20);
    expect(questions[0]?.detail).toContain('20 entries are removed now');
    expect(told.at(-1)?.keepDays).toBe(30);
    expect(await service.setRetention(null, neverAborted)).toBe(0);
    expect(questions).toHaveLength(1);
    expect(service.status().keepDays).toBeNull();
  });

  it('changes nothing when the person does not want to', async () => {
    answer = false;
    await expect(service.setRetention(30, neverAborted)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(service.status().keepDays).toBeNull();
    expect(under.sequences()).toHaveLength(50);
  });

  it('is refused, before anything is asked, for a trail that is broken', async () => {
    tamper();
    await expect(service.setRetention(30, neverAborted)).rejects.toMatchObject({ code: 'AUDIT_NOT_PRUNED' });
    expect(questions).toEqual([]);
    expect(under.sequences()).toHaveLength(50);
  });

  it('needs the key', async () => {
    openKey = () => Promise.reject(new AppError('VAULT_PASSPHRASE_REQUIRED', { title: 'Locked' }));
    await expect(service.setRetention(30, neverAborted)).rejects.toMatchObject({
      code: 'VAULT_PASSPHRASE_REQUIRED',
    });
    expect(questions).toEqual([]);
  });

  it('finds that it was tampered with while the question was open', async () => {
    const asking = service.setRetention(30, neverAborted);
    await expect.poll(() => questions.length).toBe(1);
    tamper();
    await asking.catch(() => undefined);
    expect(under.sequences().length).toBeGreaterThanOrEqual(30);
  });
});
