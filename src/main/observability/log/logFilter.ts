import { type LogFilter, type LoggedError, type LogLine, logLevels } from '../../../shared/model/log.ts';

/** Decides which lines somebody wants to see. */
export function filterOf(filter: LogFilter): (line: LogLine) => boolean {
  const rank = logLevels.indexOf(filter.level);
  const text = filter.text.toLowerCase();
  return (line) =>
    logLevels.indexOf(line.level) <= rank &&
    (filter.scope === null ||
      line.scope === filter.scope ||
      line.scope?.startsWith(`${filter.scope}.`) === true) &&
    (filter.sourceId === null || line.fields.dataSourceId === filter.sourceId) &&
    (filter.correlationId === null || line.correlationId === filter.correlationId) &&
    (text === '' || searched(line).toLowerCase().includes(text));
}

function searched({ scope, correlationId, message, fields, error }: LogLine): string {
  const pairs = Object.entries(fields).map(([key, value]) => `${key}=${value}`);
  return [scope, correlationId, message, ...pairs, ...errorTexts(error)].join('\n');
}

function errorTexts(error: LoggedError | null): string[] {
  if (error === null) return [];
  const { code, message, stack = '', cause = null } = error;
  return [code ?? '', message, stack, ...errorTexts(cause)];
}
