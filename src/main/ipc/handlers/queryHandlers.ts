import type { Services } from '../../app/services.ts';
import { AppError } from '../../base/AppError.ts';
import type { ResultWork } from '../../results/Results.ts';
import type { CallContext, TopicHandlers } from '../handlerTypes.ts';

type QueryTopics = 'query' | 'results' | 'table' | 'history' | 'tabs';

/** Statements, their results, the rows of tables, and what the window has open. */
export function queryHandlers(services: Services): TopicHandlers<QueryTopics> {
  const { query, tables, results, history, tabs, events } = services;
  const workOf = ({ callId, signal }: CallContext): ResultWork => ({
    signal,
    onProgress: (progress) => events.publish('results.progress', { callId, progress }),
  });
  const done = async (work: Promise<void>): Promise<null> => {
    await work;
    return null;
  };
  return {
    'query.cancel': ({ tabId }) => done(query.cancel(tabId)),
    'query.commit': ({ tabId }, { signal }) => done(query.commit(tabId, signal)),
    'query.rollback': ({ tabId }, { signal }) => done(query.rollback(tabId, signal)),
    'query.endSession': ({ tabId }) => {
      query.endSession(tabId);
      return null;
    },
    'query.close': async ({ tabId }) => {
      await tables.close(tabId);
      return done(query.close(tabId));
    },
    'query.saveStatement': (input, context) => query.saveStatement(input, workOf(context)),

    'results.window': (input) => results.window(input),
    'results.cellPart': (input) => results.cellPart(input),
    'results.arrange': (input, context) => results.arrange(input, workOf(context)),
    'results.find': (input, context) => results.find(input, workOf(context)),
    'results.summary': (input, context) => results.summary(input, workOf(context)),
    'results.copy': (input, context) => results.copy(input, workOf(context)),
    'results.save': (input, context) => results.save(input, workOf(context)),
    'results.drop': ({ resultId }) => done(results.drop(resultId)),

    'table.open': (input, context) => tables.open(input, context.signal, workOf(context).onProgress),
    'table.more': ({ resultId, rowCount }, { signal }) => tables.more(resultId, rowCount, signal),
    'table.save': (input, context) => tables.save(input, workOf(context)),

    'history.page': (input) => history.page(input),
    'history.text': ({ id }) => {
      const text = history.text(id);
      if (text === null) throw new AppError('NOT_FOUND', { title: 'This entry is no longer in the history' });
      return { text };
    },
    'history.clear': () => {
      history.clear();
      return null;
    },

    'tabs.layout': () => {
      // Who asks was just loaded: maybe again, while tabs hold transactions.
      query.announce();
      return tabs.layout();
    },
    'tabs.setLayout': (layout) => {
      tabs.setLayout(layout);
      return null;
    },
    'tabs.readText': async ({ tabId }) => ({ text: await tabs.readText(tabId) }),
    'tabs.writeText': ({ tabId, text }) => done(tabs.writeText(tabId, text)),
    'tabs.retainTexts': ({ tabIds }) => done(tabs.retainTexts(tabIds)),
    'tabs.openFile': () => tabs.openFile(),
    'tabs.saveFile': (file) => tabs.saveFile(file),
    'tabs.arrangement': () => tabs.arrangement(),
    'tabs.setArrangement': (arrangement) => {
      tabs.setArrangement(arrangement);
      return null;
    },
  };
}
