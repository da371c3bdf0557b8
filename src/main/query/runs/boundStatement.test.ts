import { describe, expect, it } from 'vitest';
import { sqlLanguageOf } from '../../../shared/engines/sqlLanguages.ts';
import type { ParameterValue } from '../../../shared/model/query.ts';
import { AppError } from '../../base/AppError.ts';
import { bindValues, requireValues, valuesByName } from './boundStatement.ts';

const language = sqlLanguageOf('postgres');
const value = (type: ParameterValue['type'], text: string, name = 'a') => ({ name, type, value: text });

const boundTo = (text: string, values: ReturnType<typeof valuesByName>) =>
  bindValues(text, language.parameters(text), values, language);

describe('the values of parameters', () => {
  it.each([
    ['text', '007', '007'],
    ['number', '7', 7],
    ['number', '-0.5', -0.5],
    // No digit is lost on the way.
    ['number', '9007199254740993', '9007199254740993'],
    ['number', '1.10', '1.10'],
    ['boolean', 'TRUE', true],
    ['null', '', null],
  ] as const)('are bound by their type: %s %s', (type, text, bound) => {
    const { statement } = boundTo('SELECT :a', valuesByName([value(type, text)]));
    expect(statement.values).toEqual([bound]);
  });

  it.each([
    ['number', '7; DROP TABLE a'],
    ['number', ''],
    ['boolean', 'perhaps'],
  ] as const)('are refused when they are not of it: %s %s', (type, text) => {
    expect(() => valuesByName([value(type, text)])).toThrow(AppError);
  });

  it('are never a part of the statement', () => {
    const { statement } = boundTo("SELECT :a, ':a', :a", valuesByName([value('text', "'); :b")]));
    expect(statement.text).not.toContain("');");
    expect(statement.text).toContain("':a'");
  });

  it('are asked for by the names of all that are missing', () => {
    const statements = ['SELECT :a, :b', "SELECT :c, ':d', e::text"].map((text) => ({
      parameters: language.parameters(text),
    }));
    const values = valuesByName([value('text', 'x')]);
    expect(() => requireValues(statements, values)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', detail: expect.stringContaining('b, c') }),
    );
  });

  it('leave a position where the person sees it', () => {
    const text = 'SELECT :long_name, :b, nothing';
    const values = valuesByName([value('text', '', 'long_name'), value('text', '', 'b')]);
    const { statement, positionOf } = boundTo(text, values);
    expect(positionOf(statement.text.indexOf('nothing'))).toBe(text.indexOf('nothing'));
    expect(positionOf(statement.text.indexOf('$2'))).toBe(text.indexOf(':b'));
    expect(positionOf(3)).toBe(3);
  });
});
