import type { TraitRules } from '../../../sql/TraitRules.ts';

export const traitRules: TraitRules = {
  reading: new Set(
    `SELECT VALUES TABLE SHOW EXPLAIN SET RESET BEGIN START COMMIT END ABORT ROLLBACK SAVEPOINT RELEASE FETCH MOVE CLOSE
     DECLARE LISTEN UNLISTEN NOTIFY DISCARD PREPARE DEALLOCATE CHECKPOINT LOAD LOCK ANALYZE COPY`.split(
      /\s+/,
    ),
  ),
  writing: [
    /^(?:SELECT|WITH)\b.* (?<!INSERT )INTO /,
    // Also to a file or a program of the server.
    /^COPY\b(?!.* TO STDOUT\b)/,
    /^(?:COMMIT|ROLLBACK) PREPARED\b/,
  ],
  explaining: new Map([['EXPLAIN', { runs: false }]]),
  drops: [/^DROP\b/, /^ALTER\b.* DROP (?!DEFAULT\b|NOT NULL\b|IDENTITY\b|EXPRESSION\b)/],
  touchesEveryRow: [/^TRUNCATE\b/],
  transaction: [
    ['begin', /^(?:BEGIN|START TRANSACTION)\b/],
    ['commit', /^(?:COMMIT|END)\b(?! PREPARED\b)/],
    ['rollback', /^(?:ROLLBACK|ABORT)\b(?! PREPARED\b| (?:(?:WORK|TRANSACTION) )?TO\b)/],
  ],
  leaves: [
    [
      'temporary-table',
      /^CREATE (?:OR REPLACE )?(?:(?:GLOBAL|LOCAL) )?(?:TEMP|TEMPORARY)\b(?!.* ON COMMIT DROP\b)/,
    ],
    ['temporary-table', /^CREATE (?:\S+ ){1,6}?PG_TEMP \./],
    ['temporary-table', /^(?:SELECT|WITH)\b.* (?<!INSERT )INTO (?:(?:GLOBAL|LOCAL) )?(?:TEMP|TEMPORARY)\b/],
    ['setting', /^SET (?!LOCAL\b|TRANSACTION\b|CONSTRAINTS\b)/],
    ['setting', /^LOAD\b/],
    ['listening', /^LISTEN\b/],
    ['prepared', /^PREPARE (?!TRANSACTION\b)/],
    // A cursor that outlives its transaction.
    ['prepared', /^DECLARE\b.* WITH HOLD\b/],
  ],
  resets: /^DISCARD ALL\b/,
  leavingMarks: new Map([
    ['SET_CONFIG', 'setting'],
    ['PG_ADVISORY_LOCK', 'lock'],
    ['PG_ADVISORY_LOCK_SHARED', 'lock'],
    ['PG_TRY_ADVISORY_LOCK', 'lock'],
    ['PG_TRY_ADVISORY_LOCK_SHARED', 'lock'],
  ]),
  copy: [
    ['from-client', /^COPY\b.* FROM STDIN\b/],
    ['to-client', /^COPY\b.* TO STDOUT\b/],
  ],
  definition: /^(?:PREPARE|CREATE (?:OR REPLACE )?(?:FUNCTION|PROCEDURE))\b/,
};
