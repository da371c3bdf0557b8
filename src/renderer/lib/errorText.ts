import type { ErrorDto } from '../../shared/errors/errorDto.ts';
import { vocabulary } from '../text/vocabulary.ts';
import { ApiError } from './api.ts';

/** What to show for anything that was thrown: main's own words, or a plain sentence for a fault of this window. */
export function errorDtoOf(error: unknown): ErrorDto {
  if (error instanceof ApiError) return error.dto;
  return {
    code: 'INTERNAL',
    title: vocabulary.error.unexpectedTitle,
    detail: '',
    causes: [],
    fixes: [vocabulary.error.unexpectedFix],
    driverCode: null,
    retryable: false,
    correlationId: null,
  };
}
