import { describe, expect, it } from 'vitest';
import { sqlLanguageOf } from '../../../../shared/engines/sqlLanguages.ts';
import { partsToRun, type RunScope } from './scriptParts.ts';

const postgres = sqlLanguageOf('postgres');
const mysql = sqlLanguageOf('mysql');

/** What runs of a script with a cursor (`▮`) or a selection (`«…»`) in it. */
function runs(marked: string, scope: RunScope = 'here', language = postgres): readonly string[] {
  const from = marked.search(/[▮«]/);
  const to = marked.includes('»') ? marked.indexOf('»') - 1 : from;
  const script = marked.replace(/[▮«»]/g, '');
  return partsToRun(language, script, { from, to, head: to }, scope).map(({ text }) => text);
}

describe('what of a script runs', () => {
  it('is the statement at the cursor, whatever blank lines are in it', () => {
    expect(runs('SELECT 1 AS a\n\n  ▮, 2 AS b\n\n;\n\nSELECT 3')).toEqual(['SELECT 1 AS a\n\n  , 2 AS b']);
    expect(runs('BE▮GIN;\nUPDATE t SET w = 0;')).toEqual(['BEGIN']);
  });

  it('is the one before a cursor behind its semicolon, and the last one at the end', () => {
    expect(runs('SELECT 1;▮ SELECT 2')).toEqual(['SELECT 1']);
    expect(runs('SELECT 1;\nSELECT 2;\n\n▮')).toEqual(['SELECT 2']);
  });

  it('is what is selected: whole statements, or a part of one', () => {
    expect(runs('SELECT 1; «SELECT 2; SELECT 3;» SELECT 4')).toEqual(['SELECT 2', 'SELECT 3']);
    expect(runs('SELECT * FROM («SELECT 2») q')).toEqual(['SELECT 2']);
  });

  it('takes a selected procedure as one statement although its DELIMITER line is not selected', () => {
    const body = 'CREATE PROCEDURE p() BEGIN SELECT 1; SELECT 2; END';
    expect(runs(`DELIMITER $$\n«${body}»$$\nDELIMITER ;`, 'here', mysql)).toEqual([body]);
  });

  it('is everything from the statement at the cursor on, or all of it', () => {
    const script = 'SELECT 1; SELECT ▮2; SELECT 3';
    expect(runs(script, 'from-here')).toEqual(['SELECT 2', 'SELECT 3']);
    expect(runs(script, 'all')).toEqual(['SELECT 1', 'SELECT 2', 'SELECT 3']);
  });

  it('carries the data of a COPY with it', () => {
    const script = 'COPY t FROM STDIN;\n3\n4\n\\.\nSELECT 1;';
    const parts = partsToRun(postgres, script, { from: 0, to: 0, head: 0 }, 'all');
    expect(parts.map(({ data }) => data)).toEqual(['3\n4\n', null]);
  });

  it('is nothing where there are only comments', () => {
    expect(runs('-- nothing ▮\n;;')).toEqual([]);
  });
});
