import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TemplateScope, TemplateValue } from './TemplateScope.ts';
import { renderedJson, renderedText } from './template.ts';

const scope: TemplateScope = {
  nowMs: Date.UTC(2026, 2, 31, 12, 5, 9, 7),
  values: new Map<string, TemplateValue>([
    [
      'config',
      new Map([
        ['site', 'eu'],
        ['since', '2026-01-31'],
        ['limit', '50'],
      ]),
    ],
    ['cursor', null],
    [
      'parent',
      new Map<string, TemplateValue>([
        ['id', '7'],
        ['owner', new Map([['name', 'Ann "A"']])],
      ]),
    ],
  ]),
};
const text = (template: string) => renderedText(template, scope);

describe('renderedText', () => {
  it.each([
    ['plain {text} }}', 'plain {text} }}'],
    ['{{config.site}}-{{ parent.id }}', 'eu-7'],
    ['{{ parent.owner.name }}', 'Ann "A"'],
    ['<{{ cursor }}>', '<>'],
    ["{{ cursor | default('first') }}", 'first'],
    ['{{ \'}}\' }}{{ "{{" }}', '}}{{'],
    ['{{ now }}', '2026-03-31T12:05:09Z'],
    ["{{ now | format('YYYY-MM-DD HH:mm:ss.SSS') }}", '2026-03-31 12:05:09.007'],
    ["{{ now - 7 days | format('YYYY/MM/DD') }}", '2026/03/24'],
    ["{{ now - 1 month | format('YYYY-MM-DD') }}", '2026-02-28'],
    ["{{ now + 90 minutes | format('unix') }}", String(Date.UTC(2026, 2, 31, 13, 35, 9) / 1_000)],
    ["{{ config.since + 1 week | format('YYYY-MM-DD') }}", '2026-02-07'],
    ["{{ cursor | format('unix-ms') }}", ''],
  ])('makes of %s: %s', (template, expected) => expect(text(template)).toBe(expected));

  it.each([
    ['{{ config.site', '“}}” is missing'],
    ['{{ config.nothing }}', 'There is no “config.nothing”. There is: site, since, limit.'],
    ['{{ constructor }}', 'There is no “constructor”. There is: config, cursor, parent, now.'],
    ['{{ parent.__proto__ }}', 'There is no “parent.__proto__”'],
    ['{{ config }}', '“config” is no single value'],
    ['{{ config.site.x }}', 'There is no “config.site.x”'],
    ['{{ now - 3 apples }}', '“apples” is none of'],
    ["{{ config.site | format('YYYY') }}", 'not a date'],
    ["{{ now | upper('x') }}", 'There is no filter “upper”'],
    ['{{ }}', 'A name is expected'],
    ['{{ now now }}', '“now” is not expected'],
    ['{{ 1; }}', 'not understood'],
  ])('refuses %s, saying why', (template, detail) => {
    expect(() => text(template)).toThrowError(
      expect.objectContaining({ code: 'INVALID_INPUT', detail: expect.stringContaining(detail) }),
    );
  });

  it('evaluates or refuses whatever stands in it', () => {
    fc.assert(
      fc.property(fc.string(), (source) => {
        try {
          text(`{{${source}}}`);
        } catch (error) {
          expect(error).toMatchObject({ code: 'INVALID_INPUT' });
        }
      }),
    );
  });
});

describe('renderedJson', () => {
  it('escapes a value within a text, and makes one of it elsewhere', () => {
    const template =
      '{"a\\"{{ config.site }}": "{{ parent.owner.name }}", "b": {{ parent.owner.name }}, "c": {{ cursor }}}';
    expect(JSON.parse(renderedJson(template, scope))).toEqual({ 'a"eu': 'Ann "A"', b: 'Ann "A"', c: null });
  });

  it('leaves numbers as they are outside of texts', () => {
    expect(renderedJson('{"first": {{ config.limit }}, "id": "{{ parent.id }}"}', scope)).toBe(
      '{"first": 50, "id": "7"}',
    );
  });
});
