import type { Capabilities } from '../../../shared/engines/Engine.ts';
import type { ChartPicture } from '../../components/charts/chartGroup.ts';
import { spanOf } from '../../components/charts/shownTime.ts';
import { call } from '../../lib/api.ts';
import { errorDtoOf } from '../../lib/errorText.ts';
import { notifyDone, notifyError } from '../../lib/notify.tsx';
import { metricsText } from '../../text/metrics.ts';
import type { MetricsView } from './MetricsView.ts';
import { metricsCsv } from './metricsCsv.ts';

/** Tells what became of a file; nothing when the person named none. */
async function tell(saving: Promise<{ readonly fileName: string } | null>): Promise<void> {
  try {
    const saved = await saving;
    if (saved !== null) notifyDone(metricsText.saved(saved.fileName));
  } catch (error) {
    notifyError(errorDtoOf(error));
  }
}

export const savePicture = ({ png }: ChartPicture): void => void tell(call('metrics.savePicture', { png }));

/** Saves all series of what is shown. */
export function saveCsv(view: MetricsView, capabilities: Capabilities): void {
  const { picture, zoom } = view.store.getState();
  if (picture === null) return;
  void tell(call('metrics.saveCsv', { text: metricsCsv(picture, spanOf({ picture, zoom }), capabilities) }));
}
