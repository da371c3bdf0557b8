import type { ApiRequest } from '../../../shared/model/requests.ts';
import { newResource, type Resource } from '../../../shared/model/resources.ts';
import { newParameter } from '../../lib/requestForms.ts';

/** A name for what a path leads to: its last part that is no parameter. */
export function nameOfPath(path: string): string {
  const [withoutQuery = ''] = path.split(/[?#]/);
  const parts = withoutQuery.split('/').filter((part) => part !== '' && !/[{}]/.test(part));
  return parts.at(-1)?.slice(0, 128) ?? '';
}

/**
 * The resource that reads what a request answers. Its headers become parameters; a resource is read with GET or POST, so
 * that any other method becomes one of them by whether there is a body.
 */
export function resourceOfRequest({ method, path, parameters, headers, body }: ApiRequest): Resource {
  const asPost = method !== 'GET' && body.type !== 'none';
  return {
    ...newResource,
    name: nameOfPath(path),
    method: asPost ? 'POST' : 'GET',
    path,
    parameters: [
      ...parameters,
      ...headers.map(({ name, value }) => ({ ...newParameter, name, value, place: 'header' as const })),
    ],
    body: asPost ? body : { type: 'none' },
  };
}
