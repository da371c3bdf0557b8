import { engineOf } from '../../../shared/engines/engines.ts';
import type { FormField, FormValues } from '../../../shared/engines/form.ts';
import type { EngineKind } from '../../../shared/engines/settings.ts';

/** What the descriptor of an engine says about the fields of its form. */

export const fieldsOf = (kind: EngineKind): readonly FormField[] =>
  engineOf(kind).form.sections.flatMap(({ fields }) => fields);

/** Whether a field is part of the form as it is filled in now. */
export const isShownIn = ({ values }: { readonly values: FormValues }, { isShown }: FormField): boolean =>
  isShown === undefined || isShown(values);

/** Values in which every field that nobody has chosen holds what the engine suggests. */
export function withSuggestions(
  kind: EngineKind,
  values: FormValues,
  chosen: ReadonlySet<string>,
): FormValues {
  const suggested = { ...values };
  for (const { key, suggest } of fieldsOf(kind)) {
    if (suggest !== undefined && !chosen.has(key)) suggested[key] = suggest(suggested);
  }
  return suggested;
}
