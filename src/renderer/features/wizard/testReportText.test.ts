import { describe, expect, it } from 'vitest';
import type { RowCount } from '../../../shared/model/schemaTree.ts';
import type {
  PreviewRelation,
  SchemaPreview,
  ServerInfo,
  TestReport,
} from '../../../shared/model/testReport.ts';
import { engineText } from '../../text/engines/index.ts';
import { wizardText } from '../../text/wizard.ts';
import { previewHeading, previewLines, previewNouns, reportFacts, testReportText } from './testReportText.ts';

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
  outcome: 'passed' as const,
  stages: [
    { name: 'dns', outcome: 'skipped' as const, durationMs: null, note: null },
    { name: 'tcp', outcome: 'ok' as const, durationMs: 0.42, note: '127.0.0.1' },
  ],
  totalMs: 1234.5,
  server: {
    product: 'PostgreSQL',
    versionNumber: '18.4',
    readOnly: true,
    family: { protocol: null, parts: [], limits: [] },
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
    facts: [
      { key: 'user', value: { type: 'text', text: 'ada' } },
      { key: 'timeZone', value: null },
      { key: 'nobody knows this one', value: { type: 'flag', isOn: true } },
    ],
  },
  preview: preview({ relations: [relation('User', 8, exact(3))], relationCount: 3 }),
} satisfies TestReport;
const kind = 'postgres';
const { stages } = engineText(kind);
const nouns = wizardText.previewNouns.tables;
const texts = { nouns, kind, stages: stages({}) } as const;

describe('the schema preview', () => {
  it('says exactly what was counted, and marks what was estimated', () => {
    const relations = [
      relation('User', 8, exact(3)),
      relation('events', 1, { value: 1234, accuracy: 'estimate' }),
      relation('parts', 1, { value: 100, accuracy: 'at-least' }),
      relation('one', 2, exact(1)),
      relation('unknown', 2, null),
    ];
    expect(previewLines(preview({ relations, relationCount: 5 }), nouns)).toEqual([
      'User (8 columns • 3 rows)',
      'events (1 column • ~1,234 rows)',
      'parts (1 column • at least 100 rows)',
      'one (2 columns • 1 row)',
      'unknown (2 columns)',
    ]);
  });

  it('does not hide that there are more relations than lines', () => {
    expect(previewLines(preview({ relationCount: 41, relations: [relation('a', 1, null)] }), nouns)).toEqual([
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
    expect(previewHeading(preview(elsewhere), nouns)).toBe('No tables or views in public');
    expect(previewLines(preview(elsewhere), nouns)).toEqual(lines);
    expect(previewHeading(preview({ ...elsewhere, schema: null }), nouns)).toBe(
      'No schema in the search path exists',
    );
    expect(previewHeading(preview({}), nouns)).toBe('No tables or views yet');
  });

  it('speaks of resources where a person has described what there is', () => {
    const resources = previewNouns('rest');
    const two = preview({ schema: 'Shop', relations: [relation('users', 3, null)], relationCount: 2 });
    expect(previewHeading(two, resources)).toBe('Shop — 2 resources');
    expect(previewHeading(preview({}), resources)).toBe('No resources yet');
    expect(previewNouns('postgres')).toBe(nouns);
  });

  it('says that the server refused to list its tables', () => {
    expect(previewHeading(null, nouns)).toBe('The server refused to list its tables');
    expect(previewLines(null, nouns)).toEqual([]);
  });
});

describe('the facts about the server', () => {
  const valuesOf = (server: ServerInfo) =>
    Object.fromEntries(reportFacts(server, kind).map(({ label, value }) => [label, value]));

  it('are told in the words of the engine, and those it has no words for are left out', () => {
    expect(valuesOf(passed.server)).toEqual({
      Server: 'PostgreSQL 18.4',
      User: 'ada',
      'Time zone': 'Unknown',
      Access: 'Read-only, but this user can write files and run programs on the server',
      Encryption: 'TLSv1.3, x, server not verified',
    });
  });

  it('say of what the server refused to tell that it is not known', () => {
    expect(valuesOf({ ...passed.server, product: null, versionNumber: null, readOnly: null })).toMatchObject({
      Server: 'Unknown',
      Access: 'Unknown',
    });
  });

  it('say nothing of what an API did not tell, since it has no such thing', () => {
    const { server } = passed;
    const told = (changes: Partial<ServerInfo>) =>
      reportFacts({ ...server, facts: [], versionNumber: null, ...changes }, 'rest').map(
        ({ label }) => label,
      );
    expect(told({ product: null })).toEqual(['Access', 'Encryption']);
    expect(told({ product: 'nginx' })).toEqual(['Server', 'Access', 'Encryption']);
  });

  it('name the family of the server, and what does not work there', () => {
    const parts = [
      { name: 'TimescaleDB', version: '2.17.2' },
      { name: 'PgBouncer', version: null },
    ];
    const family = { protocol: null, parts, limits: ['timeLimits', 'unknown'] };
    expect(valuesOf({ ...passed.server, family })).toMatchObject({
      Server: 'PostgreSQL 18.4 · TimescaleDB 2.17.2 · PgBouncer',
      Limits: engineText('postgres').serverLimits.timeLimits,
    });
    const cockroach = { protocol: 'PostgreSQL', parts: [], limits: [] };
    const changes = { product: 'CockroachDB', versionNumber: '24.1.0', family: cockroach };
    expect(valuesOf({ ...passed.server, ...changes }).Server).toBe(
      'CockroachDB 24.1.0 (PostgreSQL protocol)',
    );
  });

  it('say that a user may do everything', () => {
    expect(valuesOf({ ...passed.server, readOnly: false }).Access).toBe('Read and write, as a superuser');
  });
});

describe('the copied report', () => {
  it('holds what the screen shows of a test that passed', () => {
    const report = testReportText(passed, { name: 'Shop', address: 'db:5432/shop' }, texts);
    expect(report).toContain('Connection test of Shop (db:5432/shop)\nPassed after 1.2 s');
    expect(report).toContain('- Look up the host: not needed\n- Reach the port: done in 0.4 ms (127.0.0.1)');
    expect(report).toContain('Server: PostgreSQL 18.4\nUser: ada\nTime zone: Unknown\nAccess: Read-only');
    expect(report).toContain('public — 3 tables and views\n- User (8 columns • 3 rows)\n- and 2 more');
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
    const report = testReportText(
      {
        outcome: 'failed',
        stages: [],
        totalMs: 12,
        error: { ...error, causes: [...error.causes], fixes: [...error.fixes] },
      },
      { name: 'Shop', address: 'db:5432/shop' },
      texts,
    );
    for (const part of ['AUTH_FAILED', '28P01', '- It is wrong.', '- Type it again.'])
      expect(report).toContain(part);
  });
});
