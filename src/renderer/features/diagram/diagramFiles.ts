import type { TabOf } from '../../../shared/model/tabs.ts';
import { call } from '../../lib/api.ts';
import { errorDtoOf } from '../../lib/errorText.ts';
import { notifyDone, notifyError } from '../../lib/notify.tsx';
import { diagramText as words } from '../../text/diagram.ts';
import { visibleName } from '../schema/index.ts';
import { diagramColours } from './diagramColours.ts';
import type { Scene } from './scene.ts';
import { svgDocument } from './svgDocument.ts';

/** A diagram as SVG. */
export const documentOf = (
  { schema, table }: TabOf<'diagram'>,
  scene: Scene,
  colours: keyof typeof diagramColours,
): string => svgDocument(scene, words.label(visibleName(table ?? schema)), diagramColours[colours]);

/** Saves a diagram to a file that the person names. */
export async function saveDiagram(
  tab: TabOf<'diagram'>,
  scene: Scene,
  colours: keyof typeof diagramColours,
): Promise<void> {
  try {
    const name = words.fileName(visibleName(tab.table ?? tab.schema)).slice(0, 300);
    const saved = await call('schema.saveDiagram', { name, svg: documentOf(tab, scene, colours) });
    if (saved !== null) notifyDone(words.saved(saved.fileName));
  } catch (error) {
    notifyError(errorDtoOf(error));
  }
}
