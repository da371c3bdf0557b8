import { search } from 'jmespath';
import { describe, expect, it } from 'vitest';
import { someResource } from '../../../../../../tests/support/rest/someRest.ts';
import type { Resource } from '../../../../../shared/model/resources.ts';
import { Pace } from '../../../../base/async/Pace.ts';
import { systemClock } from '../../../../base/Clock.ts';
import { rawTextOf, textOf } from '../../json/jsonText.ts';
import { readJson } from '../../json/readJson.ts';
import { selectRecords } from './selectRecords.ts';
import { selectText, selectTruth } from './selectValue.ts';

const pace = () => new Pace(systemClock);

async function records(json: string, selector: string, changes: Partial<Resource> = {}) {
  const { tape, roots } = await readJson(Buffer.from(json), pace());
  const set = await selectRecords(tape, roots[0] ?? -1, someResource({ selector, ...changes }), pace());
  const texts = set.tokens.map((token) => rawTextOf(set.tape, token));
  return { texts, keys: set.keys?.map((key) => textOf(set.tape, key)) ?? null };
}

async function textAt(json: string, selector: string) {
  const { tape, roots } = await readJson(Buffer.from(json), pace());
  return selectText(tape, roots[0] ?? -1, selector, pace());
}

describe('selectRecords', () => {
  it('takes each value of a list, and an object or a text as one record', async () => {
    expect(await records('[1.50,"a",{"b":1}]', '')).toEqual({
      texts: ['1.50', '"a"', '{"b":1}'],
      keys: null,
    });
    expect(await records('{"items":[{"id":1},{"id":2}]}', 'items')).toMatchObject({
      texts: ['{"id":1}', '{"id":2}'],
    });
    expect(await records('{"items":{"id":3}}', 'items')).toMatchObject({ texts: ['{"id":3}'] });
    expect(await records('{"data":[]}', 'data')).toMatchObject({ texts: [] });
    expect(await records('{"data":null}', 'data')).toMatchObject({ texts: [] });
  });

  it('takes each value of an object by key, with its key', async () => {
    const json = '{"data":{"2026-01-01":{"v":1},"2026-01-02":{"v":2}}}';
    const expected = { texts: ['{"v":1}', '{"v":2}'], keys: ['2026-01-01', '2026-01-02'] };
    expect(await records(json, 'data.*')).toEqual(expected);
    expect(await records(json, 'data', { keyColumn: 'day' })).toEqual(expected);
    expect(await records(json, 'data.*.v')).toEqual({ texts: ['1', '2'], keys: expected.keys });
  });

  it.each([
    'a.b',
    'a.b[0]',
    'a.b[*]',
    'a.b[]',
    'a.b[].c',
    'list[]',
    'list[*]',
    '"a"."b"[*].c',
    'a.*',
    '*',
    '[*]',
    'a.b[?c > `1`]',
    'a.b[*].{c: c}',
    'a | b',
    'sort_by(a.b[:2], &c)',
    'a.b[?c && !d]',
    'a && list',
    'a.b[-1]',
    'list[*][0]',
  ])('selects by %s what JMESPath does', async (selector) => {
    const json = '{"a":{"b":[{"c":2},{"c":1},{"d":0}]},"list":[[1,2],[3],4]}';
    const expected = search(JSON.parse(json), selector) as unknown;
    const list = (Array.isArray(expected) ? expected : [expected]) as unknown[];
    const outcome = await records(json, selector).then(
      ({ texts }) => texts.map((text) => JSON.parse(text) as unknown),
      () => [null],
    );
    expect(outcome).toEqual(list);
  });

  it('keeps digits, repeated keys and odd names in what an expression selects or makes', async () => {
    const json = '{"items":[{"id":9223372036854775807,"amt":1.50,"__proto__":1,"x":1,"x":2},{"id":1}]}';
    const whole = '{"id":9223372036854775807,"amt":1.50,"__proto__":1,"x":1,"x":2}';
    expect((await records(json, 'items[?id > `5`]')).texts).toEqual([whole]);
    expect((await records(json, 'items[*].{n: id, amt: amt}')).texts).toEqual([
      '{"n":9223372036854775807,"amt":1.5}',
      '{"n":1,"amt":null}',
    ]);
    expect((await records(json, 'items[?amt == `1.5`].id')).texts).toEqual(['9223372036854775807']);
  });

  it('says what is there and what the API says when there is nothing', async () => {
    const json = '{"success":false,"error":{"info":"key expired"}}';
    const failure = {
      code: 'QUERY_FAILED',
      message: 'There is nothing at “data” in the answer',
      detail: 'The API says: “key expired”. The answer is an object with “success”, “error”.',
    };
    await expect(records(json, 'data')).rejects.toMatchObject(failure);
    await expect(records(json, 'data || rows')).rejects.toMatchObject({ code: 'QUERY_FAILED' });
    await expect(records('{"a":{"b":[1]}}', 'a.b.c')).rejects.toMatchObject({
      detail: 'The last part that exists is a list.',
    });
  });

  it('refuses a selector that is none', async () => {
    await expect(records('{}', 'a[')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('selectText', () => {
  it('gives a value as it was sent', async () => {
    expect(await textAt('{"next":12345678901234567890}', 'next')).toBe('12345678901234567890');
    expect(await textAt('{"meta":{"next":"Ab+/c=="}}', 'meta.next')).toBe('Ab+/c==');
    expect(await textAt('{"next":null}', 'next')).toBeNull();
    expect(
      await textAt('{"links":[{"rel":"self"},{"rel":"next","href":"/2"}]}', "links[?rel=='next'].href | [0]"),
    ).toBe('/2');
  });

  it('knows what counts as true', async () => {
    const { tape, roots } = await readJson(
      Buffer.from('{"a":true,"b":false,"c":"","d":[],"e":0,"f":"x"}'),
      pace(),
    );
    const truths = await Promise.all(
      ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => selectTruth(tape, roots[0] ?? -1, name, pace())),
    );
    expect(truths).toEqual([true, false, false, false, true, true, false]);
  });
});
