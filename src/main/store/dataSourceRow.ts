import { z } from 'zod';
import { type DamagedDataSource, type DataSource, dataSourceSchema } from '../../shared/model/dataSource.ts';
import { cleanText } from '../base/cleanText.ts';
import type { SecretRevisions } from '../dataSources/DataSourceRepository.ts';
import type { Signature } from '../vault/Signer.ts';
import { fieldsOfFlatRow } from './flatRow.ts';
import { parseJson } from './parseJson.ts';
import { digestOf, type SignedColumns, signedContent } from './signedRow.ts';

/** Text as bytes: what was signed is what stands in the file, also where that is not UTF-8. */
export const dataSourceColumns = `rowid, id, CAST(fields AS BLOB) AS fields, created_at, updated_at,
  CAST(secret_revisions AS BLOB) AS secret_revisions, digest, mac, mac_key_version,
  CAST(signed_fields AS BLOB) AS signed_fields`;

const rowSchema = z.object({
  rowid: z.number(),
  id: z.string(),
  fields: z.instanceof(Buffer),
  created_at: z.number(),
  updated_at: z.number(),
  secret_revisions: z.instanceof(Buffer),
  digest: z.instanceof(Buffer),
  mac: z.instanceof(Buffer).nullable(),
  mac_key_version: z.number().nullable(),
  signed_fields: z.instanceof(Buffer).nullable(),
});

/** A row of `data_sources` as it stands in the file. */
export interface DataSourceRow extends SignedColumns {
  readonly rowid: number;
  readonly digest: Buffer;
  readonly signature: Signature | null;
  /** What digest and signature cover in place of `fields`, since an earlier format was signed; null for `fields` itself. */
  readonly signedFields: Buffer | null;
}

export function toDataSourceRow(row: unknown): DataSourceRow {
  const { mac, mac_key_version: keyVersion, ...columns } = rowSchema.parse(row);
  return {
    rowid: columns.rowid,
    id: columns.id,
    fields: columns.fields,
    createdAt: columns.created_at,
    updatedAt: columns.updated_at,
    secretRevisions: columns.secret_revisions,
    digest: columns.digest,
    signature: mac === null || keyVersion === null ? null : { keyVersion, mac },
    signedFields: columns.signed_fields,
  };
}

/** What digest and signature of the row are over. */
export function coveredContent(row: DataSourceRow): Buffer {
  return signedContent({ ...row, fields: row.signedFields ?? row.fields });
}

/** Whether no byte of it fell over: a person who changes a row can make its digest fit. */
export function isWhole(row: DataSourceRow, covered: Buffer): boolean {
  const { signedFields, fields, digest } = row;
  const isConverted = signedFields === null || (fieldsOfFlatRow(signedFields)?.equals(fields) ?? false);
  return isConverted && digestOf(covered).equals(digest);
}

/** A row as the data source that it is, or why it is none. */
export type Reading = { readonly dataSource: DataSource } | { readonly damaged: DamagedDataSource };

export function readDataSource(row: DataSourceRow): Reading {
  const { createdAt, updatedAt } = row;
  const value = objectIn(row.fields);
  if (value === null) return damagedOf(row, null, ['not a JSON object']);
  const parsed = dataSourceSchema.safeParse({ ...value, id: row.id, createdAt, updatedAt });
  if (parsed.success) return { dataSource: parsed.data };
  const name = 'name' in value && typeof value.name === 'string' ? value.name : null;
  return damagedOf(row, name, parsed.error.issues.map(describeIssue));
}

/** None when they cannot be read: then the row's digest does not fit either. */
export function readSecretRevisions(row: DataSourceRow): SecretRevisions {
  const parsed = z.record(z.string(), z.int()).safeParse(parseJson(row.secretRevisions.toString('utf8')));
  return parsed.success ? parsed.data : {};
}

/** Within the bounds of its schema, whatever the row holds. */
function damagedOf(row: DataSourceRow, name: string | null, problems: readonly string[]): Reading {
  const readable = name === null ? '' : cleanText(name, 200);
  return {
    damaged: {
      id: cleanText(row.id, 100),
      name: readable === '' ? null : readable,
      problems: problems.slice(0, 20).map((problem) => cleanText(problem, 200)),
    },
  };
}

function objectIn(bytes: Buffer): object | null {
  const value = parseJson(bytes.toString('utf8'));
  return typeof value === 'object' && !Array.isArray(value) ? value : null;
}

/** Codes, not messages: zod's own messages may quote what stands in the row. */
function describeIssue(issue: z.core.$ZodIssue): string {
  return `${issue.path.join('.') || 'row'}: ${issue.code}`;
}
