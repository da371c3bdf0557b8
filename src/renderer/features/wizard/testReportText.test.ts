import { describe, expect, it } from 'vitest';
import type { RowCount } from '../../../shared/model/schemaTree.ts';
import type { PreviewRelation, SchemaPreview, TestReport } from '../../../shared/model/testReport.ts';
import { previewHeading, previewLines, serverFacts, testReportText } from './testReportText.ts';

const relation = (name: string, columnCount: number, rows: RowCount | null): PreviewRelation => ({
  name,
  columnCount,
  rows,
});
const preview = (parts: Partial<SchemaPreview>): SchemaPreview => ({
  schema: 'public',
  relations: [],
  relationCount: 0,
  otherSchemas: [],
  otherSchemaCount: 0,
  otherRelationCount: 0,
  ...parts,
});
const exact = (value: number): RowCount => ({ value, accuracy: 'exact' });

const passed = {
  outcome: 'passed',
  stages: [
    { name: 'dns', outcome: 'skipped', durationMs: null, note: null },
    { name: 'tcp', outcome: 'ok', durationMs: 0.42, note: '127.0.0.1' },
  ],
  totalMs: 1234.5,
  server: {
    version: 'PostgreSQL 18.4',
    versionNumber: '18.4',
    database: 'shop',
    user: 'ada',
    timeZone: 'Europe/Berlin',
    serverEncoding: 'LATIN1',
    clientEncoding: 'UTF8',
    readOnly: true,
    isSuperuser: true,
    reachesServer: true,
    startedAt: null,
    tls: {
      active: true,
      protocol: 'TLSv1.3',
      cipher: 'x',
      verified: 'none',
      subject: null,
      issuer: null,
      validTo: null,
      fingerprint256: null,
    },
  },
  preview: preview({ relations: [relation('User', 8, exact(3))], relationCount: 3 }),
} as const satisfies TestReport;

describe('the schema preview', () => {
  it('says exactly what was counted, and marks what was estimated', () => {
    const relations = [
      relation('User', 8, exact(3)),
      relation('events', 1, { value: 1234, accuracy: 'estimate' }),
      relation('parts', 1, { value: 100, accuracy: 'at-least' }),
      relation('one', 2, exact(1)),
      relation('unknown', 2, null),
    ];
    expect(previewLines(preview({ relations, relationCount: 5 }))).toEqual([
      'User (8 columns • 3 rows)',
      'events (1 column • ~1,234 rows)',
      'parts (1 column • at least 100 rows)',
      'one (2 columns • 1 row)',
      'unknown (2 columns)',
    ]);
  });

  it('does not hide that there are more relations than lines', () => {
    expect(previewLines(preview({ relationCount: 41, relations: [relation('a', 1, null)] }))).toEqual([
      'a (1 column)',
      'and 40 more',
    ]);
  });

  it('says where the tables are when they are in other schemas', () => {
    const elsewhere = {
      otherSchemas: [
        { name: 's0', relationCount: 600 },
        { name: 's1', relationCount: 500 },
      ],
      otherSchemaCount: 20,
      otherRelationCount: 12_000,
    };
    const lines = ['12,000 tables and views in 20 other schemas: s0 (600), s1 (500) and 18 more'];
    expect(previewHeading(preview(elsewhere))).toBe('No tables or views in public');
    expect(previewLines(preview(elsewhere))).toEqual(lines);
    expect(previewHeading(preview({ ...elsewhere, schema: null }))).toBe(
      'No schema in the search path exists',
    );
    expect(previewHeading(preview({}))).toBe('No tables or views yet');
  });

  it('says that the server refused to list its tables', () => {
    expect(previewHeading(null)).toBe('The server refused to list its tables');
    expect(previewLines(null)).toEqual([]);
  });
});

describe('the facts about the server', () => {
  it('say of what it refused to tell that it is not known', () => {
    const server = { ...passed.server, version: null, user: null, readOnly: null, clientEncoding: null };
    const values = Object.fromEntries(serverFacts(server).map(({ label, value }) => [label, value]));
    expect(values).toMatchObject({
      Server: 'Unknown',
      User: 'Unknown',
      Access: 'Unknown',
      Encoding: 'LATIN1',
    });
  });
});

describe('the copied report', () => {
  it('holds what the screen shows of a test that passed', () => {
    const text = testReportText(passed, 'Shop', 'db:5432/shop');
    expect(text).toContain('Connection test of Shop (db:5432/shop)\nPassed after 1.2 s');
    expect(text).toContain('- Look up the host: not needed\n- Reach the port: done in 0.4 ms (127.0.0.1)');
    expect(text).toContain('User: ada (superuser)\nAccess: Read-only, but this user can write files');
    expect(text).toContain('Encoding: LATIN1 (client UTF8)');
    expect(text).toContain('Encryption: TLSv1.3, server not verified');
    expect(text).toContain('public — 3 tables and views\n- User (8 columns • 3 rows)\n- and 2 more');
  });

  it('holds the codes, causes and fixes of one that failed', () => {
    const error = {
      code: 'AUTH_FAILED',
      title: 'The server refused the password',
      detail: 'password authentication failed',
      causes: ['It is wrong.'],
      fixes: ['Type it again.'],
      driverCode: '28P01',
      retryable: false,
      correlationId: null,
    } as const;
    const text = testReportText(
      {
        outcome: 'failed',
        stages: [],
        totalMs: 12,
        error: { ...error, causes: [...error.causes], fixes: [...error.fixes] },
      },
      'Shop',
      'db:5432/shop',
    );
    for (const part of ['AUTH_FAILED', '28P01', '- It is wrong.', '- Type it again.'])
      expect(text).toContain(part);
  });
});
