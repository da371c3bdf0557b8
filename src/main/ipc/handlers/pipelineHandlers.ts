import type { Services } from '../../app/services.ts';
import type { TopicHandlers } from '../handlerTypes.ts';

/** Pipelines and their runs. */
export function pipelineHandlers({ pipelines }: Services): TopicHandlers<'pipelines' | 'runs'> {
  return {
    'pipelines.list': async () => [...(await pipelines.list())],
    'pipelines.get': ({ id }) => pipelines.get(id),
    'pipelines.save': (input) => pipelines.save(input),
    'pipelines.remove': ({ id }) => pipelines.remove(id),
    'pipelines.setEnabled': ({ id, isEnabled }) => {
      pipelines.setEnabled(id, isEnabled);
      return null;
    },

    'pipelines.shape': ({ source }, { signal }) => pipelines.shape(source, signal),
    'pipelines.plan': (input, { signal }) => pipelines.plan(input, signal),
    'pipelines.dryRun': (input, { signal }) => pipelines.dryRun(input, signal),
    'pipelines.scheduleText': ({ schedule }) => pipelines.scheduleText(schedule),
    'pipelines.chooseFolder': () => pipelines.chooseFolder(),
    'pipelines.saveFile': ({ id }) => pipelines.saveFile(id),
    'pipelines.openFile': () => pipelines.openFile(),

    'pipelines.run': ({ id, again }) => pipelines.run(id, again),
    'runs.page': (input) => [...pipelines.runs(input)],
    'runs.log': ({ id }) => [...pipelines.log(id)],
    'runs.cancel': async ({ id }) => {
      await pipelines.cancel(id);
      return null;
    },
    'runs.pause': async ({ id }) => {
      await pipelines.pause(id);
      return null;
    },
    'runs.resume': async ({ id }) => {
      await pipelines.resume(id);
      return null;
    },
    'runs.showFile': ({ id, file }) => {
      pipelines.showFile(id, file);
      return null;
    },

    'pipelines.settings': () => pipelines.settings(),
    'pipelines.setSettings': (settings) => pipelines.setSettings(settings),
  };
}
