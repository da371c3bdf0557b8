import type { ErrorDto } from '../../../../shared/errors/errorDto.ts';

/** Something that this window itself cannot do. */
export const problem = (title: string, detail: string): ErrorDto => ({
  code: 'INVALID_INPUT',
  title,
  detail,
  causes: [],
  fixes: [],
  driverCode: null,
  retryable: false,
  correlationId: null,
});
