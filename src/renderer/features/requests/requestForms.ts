import { newRequest, type RequestForm, requestFormSchema } from '../../lib/requestForms.ts';
import { TabForms } from '../tabs/index.ts';

function readRequestForm(text: string): RequestForm | null {
  if (text === '') return null;
  try {
    return requestFormSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** The requests of all tabs that are open. */
export const requestForms = new TabForms<RequestForm>({
  read: readRequestForm,
  write: (_tabId, form) => JSON.stringify(form),
});

export const beginRequest = (): RequestForm => newRequest;
