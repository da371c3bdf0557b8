import { packPoints } from '../../../shared/model/packedPoints.ts';
import type { Services } from '../../app/services.ts';
import type { TopicHandlers } from '../handlerTypes.ts';

const named = (fileName: string | null) => (fileName === null ? null : { fileName });

export function metricsHandlers({ chartFiles, metricsHistory }: Services): TopicHandlers<'metrics'> {
  return {
    'metrics.range': async (wanted) => {
      const range = await metricsHistory.range(wanted);
      return { ...range, points: packPoints(range.points) };
    },
    'metrics.saveCsv': async ({ text }) => named(await chartFiles.saveFigures(text)),
    'metrics.savePicture': async ({ png }) => named(await chartFiles.savePicture(png)),
  };
}
