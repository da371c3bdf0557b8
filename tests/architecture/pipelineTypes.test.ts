import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { keyTable, typeTable, valueTable } from '../support/pipelineTypeTables.ts';

const document = readFileSync(new URL('../../docs/pipelines-types.md', import.meta.url), 'utf8');

describe('docs/pipelines-types.md', () => {
  it('says what becomes of the types of each engine, and of odd values, as the code does it', () => {
    for (const engine of ['PostgreSQL', 'MySQL', 'API'] as const) {
      expect(document, engine).toContain(`\n${typeTable(engine)}\n`);
    }
    expect(document).toContain(`\n${keyTable()}\n`);
    expect(document).toContain(`\n${valueTable()}\n`);
  });
});
