import type { ErrorDto } from '../../shared/errors/errorDto.ts';
import { errorDtoOf } from './errorText.ts';

/** Something main is asked for. While it is loaded again, and when that fails, the previous value stays visible. */
export type Loadable<Value> =
  | { readonly status: 'absent' }
  | { readonly status: 'loading'; readonly previous: Value | null }
  | { readonly status: 'loaded'; readonly value: Value }
  | { readonly status: 'failed'; readonly error: ErrorDto; readonly previous: Value | null };

/** The newest value there is to show; null when there never was one. */
export function latestValue<Value>(loadable: Loadable<Value>): Value | null {
  if (loadable.status === 'loaded') return loadable.value;
  return loadable.status === 'absent' ? null : loadable.previous;
}

/** The state after a failed load: cancelled loads go back to what was there before, as if they had not begun. */
export function afterFailure<Value>(error: unknown, previous: Value | null): Loadable<Value> {
  const dto = errorDtoOf(error);
  if (dto.code !== 'CANCELLED') return { status: 'failed', error: dto, previous };
  return previous === null ? { status: 'absent' } : { status: 'loaded', value: previous };
}
