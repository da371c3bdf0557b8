import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { Resource } from '../../../shared/model/resources.ts';
import type { TabOf } from '../../../shared/model/tabs.ts';
import { errorDtoOf } from '../../lib/errorText.ts';
import { isTaken, withResource } from '../../lib/resourceList.ts';
import { resourcesText } from '../../text/resources.ts';
import { tabsStore } from '../tabs/index.ts';
import { changeResources } from './changeResources.ts';
import {
  type CheckedForm,
  formOfResource,
  isSameForm,
  type ResourceForm,
  resourceOfForm,
} from './resourceForm.ts';
import { isOfRef, newForm, resourceForms, savedForm } from './resourceForms.ts';

/** What the form makes, with the name checked against those of the others. */
function checkedForm(
  form: ResourceForm,
  resources: readonly Resource[],
  tab: TabOf<'resource'>,
): CheckedForm {
  const checked = resourceOfForm(form);
  if (!checked.ok || !isTaken(resources, tab.resource, checked.resource)) return checked;
  return { ok: false, errors: { name: resourcesText.taken } };
}

/** What the API is asked for. Its name need not be right for that. */
function triedResource(form: ResourceForm): Resource | null {
  const checked = resourceOfForm({
    ...form,
    ...(form.name.trim() === '' && { name: resourcesText.unnamed }),
  });
  return checked.ok ? checked.resource : null;
}

interface Saving {
  readonly isSaving: boolean;
  readonly error: ErrorDto | null;
  /** Somebody has tried to save what is not right yet: from then on everything is said. */
  readonly wasRefused: boolean;
}

/** The form of an editor: what is typed, whether it differs from what is saved, and saving it. */
export function useResourceForm(tab: TabOf<'resource'>, resources: readonly Resource[]) {
  const store = resourceForms.of(tab.id, () => savedForm(tab));
  const { form, set } = useStore(store);
  const saved = resources.find(isOfRef(tab.resource));
  const base = useMemo(() => (saved === undefined ? newForm() : formOfResource(saved)), [saved]);
  const [known, setKnown] = useState(base);
  const [saving, setSaving] = useState<Saving>({ isSaving: false, error: null, wasRefused: false });
  const checked = useMemo(
    () => (form === null ? null : checkedForm(form, resources, tab)),
    [form, resources, tab],
  );
  const isUnsaved = form !== null && !isSameForm(form, base);

  // What was saved elsewhere is taken over, unless something else is typed here.
  useEffect(() => {
    if (base === known) return;
    setKnown(base);
    if (form !== null && saved !== undefined && isSameForm(form, known)) set(base);
  }, [base, known, saved, form, set]);
  useEffect(() => tabsStore.getState().setMark(tab.id, { isUnsaved }), [tab.id, isUnsaved]);

  const save = async (): Promise<void> => {
    if (checked === null || saving.isSaving) return;
    if (!checked.ok) return setSaving({ ...saving, wasRefused: true });
    const { resource } = checked;
    setSaving({ isSaving: true, error: null, wasRefused: false });
    try {
      await changeResources(tab.sourceId, (present) => withResource(present, tab.resource, resource));
      const { group, name } = resource;
      tabsStore.getState().patch(tab.id, { resource: { group, name } });
      // Written as it is saved now, so that nothing of it is kept beside that.
      store.getState().set(formOfResource(resource));
      setSaving({ isSaving: false, error: null, wasRefused: false });
    } catch (error) {
      setSaving({ isSaving: false, error: errorDtoOf(error), wasRefused: false });
    }
  };

  const showsErrors = tab.resource !== null || saving.wasRefused;
  const errors = checked === null || checked.ok || !showsErrors ? {} : checked.errors;
  const tried = useMemo(() => (form === null ? null : triedResource(form)), [form]);
  return { form, set, saved, tried, errors, isUnsaved, saving, save };
}
