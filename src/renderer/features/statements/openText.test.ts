import { describe, expect, it } from 'vitest';
import { sqlLanguageOf } from '../../../shared/engines/sqlLanguages.ts';
import { openText } from './openText.ts';

describe('the text of a statement in a query tab', () => {
  it('has a parameter for each value, as the engine spells it', () => {
    const form = 'select "a?" from t where b = ? and c in (?) …';
    expect(openText(form, sqlLanguageOf('postgres'))).toBe('select "a?" from t where b = $1 and c in ($2) …');
    expect(openText('select a from t where b = ?', sqlLanguageOf('mysql'))).toBe(
      'select a from t where b = ?',
    );
  });
});
