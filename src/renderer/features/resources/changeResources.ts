import { withResources } from '../../../shared/engines/engines.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { Resource, ResourceRef } from '../../../shared/model/resources.ts';
import { call } from '../../lib/api.ts';
import { freeName } from '../../lib/freeName.ts';
import { notifyWithUndo } from '../../lib/notify.tsx';
import { notifyFailure } from '../../lib/notifyFailure.ts';
import { withoutResource } from '../../lib/resourceList.ts';
import { resourcesText } from '../../text/resources.ts';
import { connectionsStore, draftOfSaved } from '../connections/index.ts';
import { tabsStore } from '../tabs/index.ts';
import { withVault } from '../vault/index.ts';
import { formOfResource } from './resourceForm.ts';
import { isOfRef, savedResources } from './resourceForms.ts';

/**
 * Saves a data source with other resources.
 * @param change is given those that are saved now
 * @throws ApiError
 */
export async function changeResources(
  sourceId: DataSourceId,
  change: (resources: readonly Resource[]) => readonly Resource[],
): Promise<void> {
  const summary = connectionsStore.getState().byId[sourceId];
  const resources = savedResources(sourceId);
  if (summary === undefined || resources === null) return;
  const engine = withResources(summary.dataSource.engine, change(resources));
  const draft = draftOfSaved(summary, { engine });
  const saved = await withVault(() => call('dataSources.save', draft));
  connectionsStore.getState().upsert(saved);
}

/** Deletes a resource, and offers to take that back. */
export async function removeResource(sourceId: DataSourceId, ref: ResourceRef): Promise<void> {
  const before = savedResources(sourceId) ?? [];
  const at = before.findIndex(isOfRef(ref));
  const removed = before[at];
  if (removed === undefined) return;
  try {
    await changeResources(sourceId, (resources) => withoutResource(resources, ref));
  } catch (error) {
    notifyFailure(error);
    return;
  }
  const putBack = () =>
    changeResources(sourceId, (resources) =>
      resources.some(isOfRef(ref)) ? resources : resources.toSpliced(at, 0, removed),
    ).catch(notifyFailure);
  notifyWithUndo({
    message: resourcesText.removed(removed.name),
    undoLabel: resourcesText.undo,
    onUndo: () => void putBack(),
  });
}

/** Opens a copy of a resource in the editor. It is not saved yet. */
export function duplicateResource(sourceId: DataSourceId, ref: ResourceRef): void {
  const resources = savedResources(sourceId) ?? [];
  const original = resources.find(isOfRef(ref));
  if (original === undefined) return;
  const taken = resources.filter(({ group }) => group === original.group).map(({ name }) => name);
  const name = freeName((number) => resourcesText.copyName(original.name, number), taken);
  const form = formOfResource({ ...original, name });
  tabsStore.getState().openResource(sourceId, null, JSON.stringify(form));
}
