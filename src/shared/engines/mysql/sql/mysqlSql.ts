import { createSqlLanguage } from '../../../sql/createSqlLanguage.ts';
import type { SqlLanguage } from '../../../sql/SqlLanguage.ts';
import { lexicalRules } from './lexicalRules.ts';
import { scriptRules } from './scriptRules.ts';
import { modesOf } from './sqlMode.ts';
import { traitRules } from './traitRules.ts';

export const mysqlSql: SqlLanguage = createSqlLanguage({
  lexical: lexicalRules,
  usualModes: modesOf(''),
  script: scriptRules,
  traits: traitRules,
  placeholders: 'question-marks',
  names: { isFolded: false },
});
