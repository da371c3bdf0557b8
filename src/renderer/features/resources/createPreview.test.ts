import { beforeEach, describe, expect, it } from 'vitest';
import { FakeMain } from '../../../../tests/support/FakeMain.ts';
import { someErrorDto } from '../../../../tests/support/someErrorDto.ts';
import type { Draft } from '../../../shared/model/dataSource.ts';
import type { ResourcePreview } from '../../../shared/model/requests.ts';
import { newResource } from '../../../shared/model/resources.ts';
import { ApiError } from '../../lib/api.ts';
import { createPreview, type Preview, previewDelayMs } from './createPreview.ts';

const answer: ResourcePreview = {
  answers: [],
  columns: [],
  rows: [],
  recordCount: 0,
  total: null,
  next: null,
  warnings: [],
  error: null,
};

/** The store passes a draft on and never looks into it. */
const draft = { id: null } as unknown as Draft;
const question = (name: string) => ({ draft, resource: { ...newResource, name } });

let main: FakeMain;
let waiting: { delayMs: number; work: () => void } | null;
let preview: Preview;

beforeEach(() => {
  main = new FakeMain();
  waiting = null;
  preview = createPreview({
    call: main.call,
    after(delayMs, work) {
      waiting = { delayMs, work };
      return () => {
        waiting = null;
      };
    },
  });
});

const passes = (): void => {
  const { work } = waiting ?? {};
  waiting = null;
  work?.();
};

describe('the preview of a resource', () => {
  it('asks once the settings have rested, for the last of them', () => {
    preview.askSoon(question('a'));
    preview.askSoon(question('b'));
    expect(waiting?.delayMs).toBe(previewDelayMs);
    expect(main.countOf('resources.preview')).toBe(0);
    passes();
    expect(main.last('resources.preview').input).toEqual(question('b'));
    expect(preview.store.getState().isAsking).toBe(true);
  });

  it('shows the answer, and for which settings it was', async () => {
    void preview.ask(question('a'));
    await main.answer('resources.preview', answer);
    expect(preview.store.getState()).toMatchObject({
      isAsking: false,
      preview: answer,
      askedFor: { name: 'a' },
    });
  });

  it('gives up what runs for a new question, and never shows its answer', async () => {
    void preview.ask(question('a'));
    const first = main.last('resources.preview');
    void preview.ask(question('b'));
    expect(first.signal?.aborted).toBe(true);
    await main.fail('resources.preview', new ApiError(someErrorDto('QUERY_TIMEOUT')));
    expect(preview.store.getState().error).toMatchObject({ code: 'QUERY_TIMEOUT' });
    expect(preview.store.getState().askedFor?.name).toBe('b');
  });

  it('says nothing of a question that somebody gave up', async () => {
    void preview.ask(question('a'));
    preview.cancel();
    expect(preview.store.getState()).toMatchObject({ isAsking: false, error: null, preview: null });
  });
});
