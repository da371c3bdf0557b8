import { createHmac } from 'node:crypto';
import { AuditRetention } from '../../src/main/audit/AuditRetention.ts';
import { AuditTrail } from '../../src/main/audit/AuditTrail.ts';
import { neverAborted } from '../../src/main/base/abort.ts';
import { silentLogger as logger } from '../../src/main/observability/Logger.ts';
import type { SqlValue } from '../../src/main/store/Database.ts';
import type { Signer } from '../../src/main/vault/Signer.ts';
import { FakeClock } from './FakeClock.ts';
import { openTestVaultStore } from './testStore.ts';

/** Nothing here waits: only the date moves on. */
class CalendarClock extends FakeClock {
  #dayCount = 0;

  override wallMs(): number {
    return super.wallMs() + this.#dayCount * 24 * 3_600_000;
  }

  passDays(count: number): void {
    this.#dayCount += count;
  }
}

/** A trail in a real file, with keys that the test holds. */
export class TrailUnderTest {
  readonly store = openTestVaultStore();
  readonly clock = new CalendarClock();
  /** The version of the key that signs; null while no key is in memory. */
  activeKey: number | null = 1;
  /** Versions whose key is in memory. */
  readonly keysInMemory = new Set([1, 2]);
  readonly trail: AuditTrail;
  readonly retention: AuditRetention;

  constructor() {
    const { clock } = this;
    const repository = this.store.audit;
    const signer = this.#signer();
    this.trail = new AuditTrail({ repository, signer, clock, logger });
    this.retention = new AuditRetention({ trail: this.trail, repository, signer, clock });
  }

  readonly check = () => this.trail.check(neverAborted);

  readonly prune = async (): Promise<number> => this.retention.prune(await this.check(), neverAborted);

  /** As somebody who can write the file, but has no key. */
  run(sql: string, ...values: SqlValue[]): number {
    return this.store.database.prepare(sql).run(...values);
  }

  /** So many entries, a day between them. */
  recordDays(count: number): void {
    this.store.vault.transaction(() => {
      for (let number = 1; number <= count; number += 1) {
        this.trail.record({ operation: 'secret.saved', subject: `source ${number}` });
        this.clock.passDays(1);
      }
    });
  }

  sequences(): number[] {
    return this.store.audit.oldestFirst(Number.MIN_SAFE_INTEGER, 10_000).map(({ sequence }) => sequence);
  }

  #signer(): Signer {
    const macOf = (keyVersion: number, content: Buffer) =>
      createHmac('sha256', `key ${keyVersion}`).update(content).digest();
    return {
      sign: (_kind, content) =>
        this.activeKey === null ? null : { keyVersion: this.activeKey, mac: macOf(this.activeKey, content) },
      check: (_kind, content, { keyVersion, mac }) => {
        if (!this.keysInMemory.has(keyVersion)) return 'unknown';
        return macOf(keyVersion, content).equals(mac) ? 'right' : 'wrong';
      },
    };
  }
}
