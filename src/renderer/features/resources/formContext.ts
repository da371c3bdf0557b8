import { createContext, useContext } from 'react';
import type { ResourceColumn } from '../../../shared/model/resources.ts';
import type { FieldErrors, ResourceForm } from './resourceForm.ts';

/** The form of the editor, for the fields in it. */
export interface EditedForm {
  readonly form: ResourceForm;
  readonly errors: FieldErrors;
  /** Columns of the last answer. */
  readonly found: readonly ResourceColumn[];
  readonly change: (change: Partial<ResourceForm>) => void;
}

export const EditedFormContext = createContext<EditedForm | null>(null);

export function useEditedForm(): EditedForm {
  const edited = useContext(EditedFormContext);
  if (edited === null) throw new Error('This component belongs inside the editor of a resource');
  return edited;
}
