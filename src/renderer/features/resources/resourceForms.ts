import { resourcesOf } from '../../../shared/engines/engines.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import {
  isSameResource,
  newResource,
  type Resource,
  type ResourceRef,
} from '../../../shared/model/resources.ts';
import type { Tab, TabOf } from '../../../shared/model/tabs.ts';
import { connectionsStore } from '../connections/index.ts';
import { TabForms, tabsStore } from '../tabs/index.ts';
import { formOfResource, isSameForm, type ResourceForm, readResourceForm } from './resourceForm.ts';

export const isOfRef =
  (ref: ResourceRef | null) =>
  (resource: ResourceRef): boolean =>
    isSameResource(ref, resource);

/** The resources of a saved data source; null for one that has none to describe, or that is gone. */
export function savedResources(sourceId: DataSourceId): readonly Resource[] | null {
  const summary = connectionsStore.getState().byId[sourceId];
  return summary === undefined ? null : resourcesOf(summary.dataSource.engine);
}

export const newForm = (): ResourceForm => formOfResource(newResource);

/** What the form of a tab begins with, and is compared to: the saved resource, or a new one. */
export function savedForm({
  sourceId,
  resource,
}: Pick<TabOf<'resource'>, 'sourceId' | 'resource'>): ResourceForm {
  const saved = savedResources(sourceId)?.find(isOfRef(resource));
  return saved === undefined ? newForm() : formOfResource(saved);
}

function resourceTab(tabId: Tab['id']): TabOf<'resource'> | null {
  const tab = tabsStore
    .getState()
    .groups.flatMap(({ tabs }) => tabs)
    .find(({ id }) => id === tabId);
  return tab?.kind === 'resource' ? tab : null;
}

/** The forms of all editors that are open. What is as it is saved need not be kept. */
export const resourceForms = new TabForms<ResourceForm>({
  read: readResourceForm,
  write(tabId, form) {
    const tab = resourceTab(tabId);
    return tab !== null && isSameForm(form, savedForm(tab)) ? '' : JSON.stringify(form);
  },
});
