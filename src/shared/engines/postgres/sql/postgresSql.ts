import { createSqlLanguage } from '../../../sql/createSqlLanguage.ts';
import type { SqlLanguage } from '../../../sql/SqlLanguage.ts';
import { lexicalRules, usualModes } from './lexicalRules.ts';
import { scriptRules } from './scriptRules.ts';
import { traitRules } from './traitRules.ts';

export const postgresSql: SqlLanguage = createSqlLanguage({
  lexical: lexicalRules,
  // Sessions of people have it on unless they say otherwise: it is in the start-up message.
  usualModes,
  script: scriptRules,
  traits: traitRules,
  // The same number twice is one value.
  placeholders: 'numbered',
  names: { isFolded: true },
});
