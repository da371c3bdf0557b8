import { useStore } from 'zustand';
import { notifyDone } from '../../lib/notify.tsx';
import { withAdded } from '../../lib/resourceList.ts';
import { useLastShown } from '../../lib/useLastShown.ts';
import { resourcesText } from '../../text/resources.ts';
import { connectionsStore } from '../connections/index.ts';
import { baseUrlOf, ResourceImportWindow } from '../resourceImport/index.ts';
import { changeResources } from './changeResources.ts';
import { importingStore } from './importStore.ts';
import { savedResources } from './resourceForms.ts';

const close = () => importingStore.setState({ sourceId: null });

/** Imports resources into a data source that is saved. */
export function ImportDialog() {
  const sourceId = useStore(importingStore, (state) => state.sourceId);
  const { shown, forget } = useLastShown(sourceId);
  const source = shown === null ? undefined : connectionsStore.getState().byId[shown]?.dataSource;
  if (shown === null || source === undefined) return null;
  return (
    <ResourceImportWindow
      opened={sourceId !== null}
      kind={source.engine.kind}
      present={savedResources(shown) ?? []}
      baseUrl={baseUrlOf(source.engine)}
      takesServer={false}
      onTake={async ({ resources }) => {
        await changeResources(shown, (present) => withAdded(present, resources));
        notifyDone(resourcesText.imported(resources.length));
      }}
      onClose={close}
      onClosed={forget}
    />
  );
}
