import { isPipelineAlert } from '../model/alertChoices.ts';
import type { AlertRule, AlertRuleKey } from '../model/alerts.ts';
import type { AuditDetails, AuditExported, AuditExportInput, CallOperation } from '../model/audit.ts';
import type { AuditRetentionDays } from '../model/auditChoices.ts';
import type { MonitoringSettings } from '../model/monitoring.ts';
import type { PipelineSettings } from '../model/pipelineViews.ts';
import type { ConfigureQueueInput } from '../model/queueSettings.ts';
import type { Answer, ApiRequest } from '../model/requests.ts';
import type { InterventionInput, InterventionOutcome } from '../model/serverActivity.ts';
import { isLoopback, tracesUrlOf } from '../model/traceEndpoint.ts';
import type { TraceHeader, TracingSettings } from '../model/tracing.ts';
import type { ExportInput, ExportReport, ImportReport } from '../model/transfer.ts';

/** What the audit trail says of a call beside its operation. Nothing of it is secret. */
export interface CallFacts {
  /** The data source it was about. */
  readonly subject?: string | null;
  /** Of a call that was answered but did nothing, such as CANCELLED. */
  readonly outcome?: string;
  readonly details?: AuditDetails;
}

/** The one line that an audited call leaves in the audit trail. */
export interface AuditedAs<Input, Output> {
  readonly operation: CallOperation;
  /** @param output null for a call that failed, or has not ended yet */
  readonly facts?: (input: Input, output: Output | null) => CallFacts;
}

export function exportFacts({ protection }: ExportInput, output: ExportReport | null): CallFacts {
  const details = { protection: protection.type };
  if (output === null) return { details };
  if (output.outcome === 'cancelled') return { details, outcome: 'CANCELLED' };
  const { dataSourceCount, secretCount } = output;
  return { details: { ...details, dataSourceCount, secretCount } };
}

export function importFacts(_input: unknown, output: ImportReport | null): CallFacts {
  if (output === null) return {};
  const { notes: _notes, ...counts } = output;
  return { details: counts };
}

/** The server's number of the session, and nothing of what it did. Nothing happened to one that had ended. */
export function interventionFacts(
  { id, sessionId }: InterventionInput,
  output: { readonly outcome: InterventionOutcome } | null,
): CallFacts {
  const isDone = output === null || output.outcome === 'sent';
  const [session = ''] = sessionId.split('.');
  return { subject: id, details: { session }, ...(!isDone && { outcome: 'NOT_FOUND' }) };
}

/** How it was asked and answered, and nothing of what. */
export const requestFacts = (
  { id, request: { method } }: { readonly id: string; readonly request: Pick<ApiRequest, 'method'> },
  output: Pick<Answer, 'status'> | null,
): CallFacts => ({ subject: id, details: { method, ...(output !== null && { status: output.status }) } });

/** What was saved by its id, and nothing of what it says. */
export const pipelineSaveFacts = (
  { id }: { readonly id: string | null },
  output: { readonly id: string } | null,
): CallFacts => ({
  details: { pipeline: output?.id ?? id ?? 'new', change: id === null ? 'created' : 'changed' },
});

export const runStartFacts = (
  { id, again }: { readonly id: string; readonly again: boolean },
  output: { readonly id: string } | null,
): CallFacts => ({
  details: { pipeline: id, from: again ? 'start' : 'position', ...(output !== null && { run: output.id }) },
});

export const runFacts = ({ id }: { readonly id: string }): CallFacts => ({ details: { run: id } });

/** Nothing happened when the person closed the dialog. */
export const pipelineExportFacts = ({ id }: { readonly id: string }, output: unknown): CallFacts => ({
  details: { pipeline: id },
  ...(output === null && { outcome: 'CANCELLED' }),
});

export const pipelineSettingsFacts = ({
  concurrency,
  hasTray,
  keptRuns,
  startsAtLogin,
}: PipelineSettings): CallFacts => ({ details: { concurrency, hasTray, keptRuns, startsAtLogin } });

/** Which kind of server, whether a password goes there, and whether the wire is protected; never which server. */
export function queueFacts({ settings: { place, executesHere }, password }: ConfigureQueueInput): CallFacts {
  const tls = place.type === 'local' ? {} : { protection: place.tls.mode };
  return { details: { to: place.type, enabled: executesHere, password: password.type, ...tls } };
}

/** Of a call that answers null when the person closed its dialog. */
export const dialogFacts = (_input: unknown, output: unknown): CallFacts =>
  output === null ? { outcome: 'CANCELLED' } : {};

export const monitoringFacts = ({ isOn, port }: MonitoringSettings): CallFacts => ({
  details: { enabled: isOn, port },
});

/** For `all`, or for the one data source that is the subject, or the one pipeline that is named. */
export const ruleKeyFacts = ({ kind, subjectId }: AlertRuleKey): CallFacts => ({
  subject: isPipelineAlert(kind) ? null : subjectId,
  details: {
    ...{ rule: kind, scope: subjectId === null ? 'all' : 'one' },
    ...(isPipelineAlert(kind) && subjectId !== null && { pipeline: subjectId }),
  },
});

export function ruleFacts(rule: AlertRule): CallFacts {
  const { enabled, forSeconds, threshold } = rule;
  const { subject = null, details } = ruleKeyFacts(rule);
  return { subject, details: { ...details, enabled, forSeconds, ...(threshold !== null && { threshold }) } };
}

/** Of the endpoint, whether what is sent leaves this computer. */
export function tracingFacts(settings: TracingSettings): CallFacts {
  const { isOn, endpoint, sharePercent, inComment, inApplicationName } = settings;
  const url = endpoint === null ? null : tracesUrlOf(endpoint);
  const place = url !== null && isLoopback(url) ? 'loopback' : 'remote';
  return {
    details: {
      ...{ enabled: isOn, endpoint: url === null ? 'none' : place },
      ...{ sharePercent, inComment, inApplicationName },
    },
  };
}

export function traceHeaderFacts({ header }: { readonly header: TraceHeader | null }): CallFacts {
  return { details: { change: header === null ? 'removed' : 'set' } };
}

export function auditExportFacts({ format }: AuditExportInput, output: AuditExported): CallFacts {
  return output === null
    ? { details: { format }, outcome: 'CANCELLED' }
    : { details: { format, entryCount: output.entryCount } };
}

export function retentionFacts({ keepDays }: { readonly keepDays: AuditRetentionDays }): CallFacts {
  return { details: { keepDays: keepDays ?? 'all' } };
}

/** The name is known for a backup's only when the restore went well. */
export function restoreFacts({ name }: { readonly name: string }, output: unknown): CallFacts {
  return output === null ? {} : { details: { backup: name } };
}

export const passphraseChange = (change: 'added' | 'changed' | 'removed') => ({
  operation: 'vault.passphrase-changed' as const,
  facts: () => ({ details: { change } }),
});
