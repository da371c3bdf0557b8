import type { DataSourceId } from '../../../shared/model/ids.ts';
import { call } from '../../lib/api.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { notifyFailure } from '../../lib/notifyFailure.ts';
import { withAdded } from '../../lib/resourceList.ts';
import { resourcesText } from '../../text/resources.ts';
import { connectionsStore } from '../connections/index.ts';
import { changeResources } from './changeResources.ts';
import { savedResources } from './resourceForms.ts';

/** Saves the resources of a data source as a file that people can read. */
export async function exportResources(sourceId: DataSourceId): Promise<void> {
  const resources = savedResources(sourceId);
  const name = connectionsStore.getState().byId[sourceId]?.dataSource.name;
  if (resources === null || name === undefined) return;
  try {
    const input = { resources: [...resources], suggestedName: resourcesText.fileName(name) };
    const saved = await call('resources.saveFile', input);
    if (saved !== null) notifyDone(resourcesText.exported(saved.rowCount, saved.fileName));
  } catch (error) {
    notifyFailure(error);
  }
}

/** Adds the resources of a file; those of a name that is there already take its place. */
export async function importResources(sourceId: DataSourceId): Promise<void> {
  try {
    const resources = await call('resources.openFile', null);
    if (resources === null) return;
    await changeResources(sourceId, (present) => withAdded(present, resources));
    notifyDone(resourcesText.imported(resources.length));
  } catch (error) {
    notifyFailure(error);
  }
}
