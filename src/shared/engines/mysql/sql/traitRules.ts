import type { TraitRules } from '../../../sql/TraitRules.ts';

const ofServer = '(?:@ @ )?(?:GLOBAL|PERSIST|PERSIST_ONLY)\\b';

export const traitRules: TraitRules = {
  reading: new Set(
    `SELECT VALUES TABLE SHOW EXPLAIN DESCRIBE DESC SET USE HELP BEGIN START COMMIT ROLLBACK SAVEPOINT RELEASE PREPARE
     DEALLOCATE LOCK UNLOCK HANDLER CHECK CHECKSUM ANALYZE DO`.split(/\s+/),
  ),
  writing: [
    /^(?:SELECT|WITH|TABLE|VALUES)\b.* INTO (?:OUTFILE|DUMPFILE)\b/,
    /^BEGIN NOT ATOMIC\b/,
    /^START (?!TRANSACTION\b)/,
    new RegExp(`^SET (?:${ofServer}|PASSWORD\\b|DEFAULT ROLE\\b)`),
  ],
  explaining: new Map([
    ['EXPLAIN', { runs: false }],
    ['DESCRIBE', { runs: false }],
    ['DESC', { runs: false }],
    ['ANALYZE', { runs: true }],
    ['SET STATEMENT', { runs: true }],
  ]),
  drops: [
    /^DROP (?!PREPARE\b)/,
    /^ALTER\b.* DROP (?!DEFAULT\b)/,
    /^CREATE OR REPLACE (?:TEMPORARY )?(?:TABLE|SEQUENCE)\b/,
  ],
  touchesEveryRow: [/^TRUNCATE\b/, /^ALTER\b.* TRUNCATE PARTITION\b/],
  transaction: [
    ['begin', /^(?:BEGIN\b(?! NOT\b)|START TRANSACTION\b)/],
    ['commit', /^COMMIT\b/],
    ['rollback', /^ROLLBACK\b(?! (?:WORK )?TO\b)/],
  ],
  leaves: [
    ['temporary-table', /^CREATE (?:OR REPLACE )?TEMPORARY\b/],
    [
      'setting',
      new RegExp(`^SET (?!${ofServer}|TRANSACTION\\b|PASSWORD\\b|DEFAULT ROLE\\b|RESOURCE GROUP\\b)`),
    ],
    ['setting', /^USE\b/],
    ['setting', /^(?:SELECT|WITH|TABLE|VALUES)\b.* INTO @/],
    ['lock', /^LOCK (?:TABLES?|INSTANCE)\b/],
    ['lock', /^FLUSH\b.* (?:WITH READ LOCK|FOR EXPORT)\b/],
    ['prepared', /^PREPARE\b/],
    // A cursor on a table.
    ['prepared', /^HANDLER\b.* OPEN\b/],
  ],
  resets: null,
  leavingMarks: new Map([
    [':=', 'setting'],
    ['GET_LOCK', 'lock'],
  ]),
  copy: [],
  definition:
    /^(?:PREPARE|(?:CREATE|ALTER) (?:OR REPLACE )?(?:AGGREGATE )?(?:DEFINER = \S+(?: @ \S+)?(?: \( ?\))? )?(?:PROCEDURE|FUNCTION|TRIGGER|EVENT))\b/,
};
