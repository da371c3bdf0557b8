import { createSqlLanguage } from '../../../sql/createSqlLanguage.ts';
import type { SqlLanguage } from '../../../sql/SqlLanguage.ts';
import { lexicalRules } from './lexicalRules.ts';
import { scriptRules } from './scriptRules.ts';
import { traitRules } from './traitRules.ts';

export const postgresSql: SqlLanguage = createSqlLanguage({
  lexical: lexicalRules,
  script: scriptRules,
  traits: traitRules,
  // The same number twice is one value.
  placeholders: 'numbered',
  names: { quote: '"', isFolded: true },
});
