import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { TrailUnderTest } from '../../../tests/support/auditTrail.ts';
import { temporaryFolder } from '../../../tests/support/testStore.ts';
import type { AuditExportInput } from '../../shared/model/audit.ts';
import { everyAuditEntry } from '../../shared/model/defaultAuditFilter.ts';
import { neverAborted } from '../base/abort.ts';
import { TrailExport } from './TrailExport.ts';

let under: TrailUnderTest;
let folder: string;
let progress: number[];

beforeEach(() => {
  under = new TrailUnderTest();
  folder = temporaryFolder();
  progress = [];
});

function exported(input: Partial<AuditExportInput> = {}, signal = neverAborted) {
  const { trail, clock } = under;
  const dialogs = {
    chooseTarget: async (name: string, extension: string) => join(folder, `${name}.${extension}`),
  };
  const exporter = new TrailExport({ trail, repository: under.store.audit, dialogs, clock });
  const work = { signal, onProgress: ({ rowsDone }: { rowsDone: number }) => void progress.push(rowsDone) };
  return exporter.export({ filter: everyAuditEntry, format: 'jsonl', ...input }, work);
}

const lines = (name: string): string[] => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n');

interface ExportedEntry {
  readonly sequence: number;
  readonly at: number;
  readonly operation: string;
  readonly subject: string | null;
  readonly outcome: string;
  readonly details: Record<string, unknown>;
  readonly hash: string;
}

/** Goes along the chain as docs/security.md says, with nothing of Mooring. @returns where it breaks, or null */
function brokenAt(entries: readonly ExportedEntry[], start: Buffer): number | null {
  let previous = start;
  for (const { sequence, at, operation, subject, outcome, details, hash } of entries) {
    const sorted = JSON.stringify(Object.fromEntries(Object.entries(details).sort()));
    const parts = [
      'mooring-audit-1',
      previous,
      `${sequence}`,
      `${at}`,
      operation,
      subject ?? '',
      outcome,
      sorted,
    ];
    const sum = createHash('sha256');
    for (const part of parts) {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(Buffer.byteLength(part));
      sum.update(length).update(part);
    }
    previous = sum.digest();
    if (previous.toString('hex') !== hash) return sequence;
  }
  return null;
}

describe('an export of the audit trail', () => {
  it('has every entry, oldest first, and its chain can be checked without Mooring', async () => {
    under.recordDays(1_200);
    const report = await exported();
    expect(report).toEqual({
      fileName: expect.stringMatching(/^mooring-audit-.*\.jsonl$/),
      entryCount: 1_200,
    });
    expect(progress).toEqual([500, 1_000, 1_200]);
    const entries = lines(report?.fileName ?? '').map((line) => JSON.parse(line) as ExportedEntry);
    expect(entries.map(({ sequence }) => sequence)).toEqual(under.sequences());
    expect(brokenAt(entries, Buffer.alloc(32))).toBeNull();
    const forged = entries.map((entry) => (entry.sequence === 7 ? { ...entry, outcome: 'FORGED' } : entry));
    expect(brokenAt(forged, Buffer.alloc(32))).toBe(7);
  });

  it('can be checked too when old entries were removed: the removal has the hash to begin with', async () => {
    under.recordDays(50);
    under.retention.decide(30);
    await under.prune();
    const report = await exported();
    const entries = lines(report?.fileName ?? '').map((line) => JSON.parse(line) as ExportedEntry);
    const start = entries.findLast(({ operation }) => operation === 'audit.pruned')?.details.hash;
    expect(brokenAt(entries, Buffer.from(String(start), 'hex'))).toBeNull();
  });

  it('is a table that no spreadsheet takes for formulas, whatever somebody wrote into the file', async () => {
    under.trail.record({ operation: 'secret.saved', subject: 'a,"b"', details: { version: 2 } });
    under.trail.record({ operation: 'secret.saved', subject: '=HYPERLINK("http://example")' });
    const report = await exported({ format: 'csv' });
    const [header, first = '', second = ''] = lines(report?.fileName ?? '');
    expect(header).toBe('sequence,time,at,operation,subject,outcome,details,hash,signature,keyVersion');
    expect(first).toContain(',secret.saved,"a,""b""",ok,"{""version"":2}",');
    expect(second).toContain(`,"'=HYPERLINK(""http://example"")",ok,`);
    expect(second).toMatch(/,[0-9a-f]{64},[0-9a-f]{64},1$/);
  });

  it('has only what the filter finds', async () => {
    under.recordDays(3);
    under.trail.record({ operation: 'vault.opened' });
    const report = await exported({ filter: { ...everyAuditEntry, group: 'vault' } });
    expect(report?.entryCount).toBe(1);
  });

  it('leaves no file when it is cancelled', async () => {
    under.recordDays(3);
    const abort = new AbortController();
    const running = exported({}, abort.signal);
    abort.abort();
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(existsSync(folder) && readdirSync(folder)).toEqual([]);
  });
});
