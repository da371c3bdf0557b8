import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { errorTables } from '../support/errorTables.ts';

const document = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');

describe('docs/errors.md', () => {
  it('has every failure as the code tells it, and what is offered', () => {
    for (const table of errorTables()) expect(document).toContain(`\n${table}\n`);
  });
});
