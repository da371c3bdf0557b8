import type { ErrorDto } from '../../src/shared/errors/errorDto.ts';

/** An error as it crosses to the renderer, bare but for its code; override what the test is about. */
export function someErrorDto(code: ErrorDto['code'], overrides: Partial<ErrorDto> = {}): ErrorDto {
  return {
    code,
    title: code,
    detail: '',
    causes: [],
    fixes: [],
    driverCode: null,
    retryable: false,
    correlationId: null,
    ...overrides,
  };
}
