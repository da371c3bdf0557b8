/** Door of resources: the editor of one, and what is done with all of a data source. Their code is loaded when it is needed. */
import { lazy } from 'react';
import { useStore } from 'zustand';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { Resource } from '../../../shared/model/resources.ts';
import type { RelationRef } from '../../../shared/model/schemaTree.ts';
import { shownOnDemand } from '../../components/shownOnDemand.tsx';
import { call } from '../../lib/api.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { notifyFailure } from '../../lib/notifyFailure.ts';
import { requestsText } from '../../text/requests.ts';
import { tabsStore } from '../tabs/index.ts';
import { importingStore } from './importStore.ts';

interface Ref {
  readonly group: string;
  readonly name: string;
}

export const ResourceTab = lazy(async () => ({ default: (await import('./ResourceTab.tsx')).ResourceTab }));

export const ResourceImportDialog = shownOnDemand(
  async () => (await import('./ImportDialog.tsx')).ImportDialog,
  () => useStore(importingStore, ({ sourceId }) => sourceId !== null),
);

/** Puts the first request of a resource on the clipboard, without secrets. */
export async function copyResourceCurl(id: DataSourceId, { schema, name }: RelationRef): Promise<void> {
  const what = { type: 'resource', relation: { schema, name } } as const;
  try {
    const { copied } = await call('requests.copyCurl', { id, what, withSecrets: false });
    if (copied) notifyDone(requestsText.curlCopied);
  } catch (error) {
    notifyFailure(error);
  }
}

const files = () => import('./resourceFiles.ts');
const changes = () => import('./changeResources.ts');

/** What people do with resources, wherever they are listed. Failures are told. */
export const resourceActions = {
  create: (sourceId: DataSourceId): void => void tabsStore.getState().openResource(sourceId, null),
  /** Opens the editor on what a request was about; it is not saved yet. */
  createFrom: (sourceId: DataSourceId, resource: Resource): void =>
    void import('./resourceForm.ts').then(
      ({ formOfResource }) =>
        tabsStore.getState().openResource(sourceId, null, JSON.stringify(formOfResource(resource))),
      notifyFailure,
    ),
  edit: (sourceId: DataSourceId, { group, name }: Ref): void =>
    void tabsStore.getState().openResource(sourceId, { group, name }),
  importDocument: (sourceId: DataSourceId): void => importingStore.setState({ sourceId }),
  exportFile: (sourceId: DataSourceId): void =>
    void files().then(({ exportResources }) => exportResources(sourceId), notifyFailure),
  importFile: (sourceId: DataSourceId): void =>
    void files().then(({ importResources }) => importResources(sourceId), notifyFailure),
  duplicate: (sourceId: DataSourceId, ref: Ref): void =>
    void changes().then(({ duplicateResource }) => duplicateResource(sourceId, ref), notifyFailure),
  remove: (sourceId: DataSourceId, ref: Ref): void =>
    void changes().then(({ removeResource }) => removeResource(sourceId, ref), notifyFailure),
};
