import { formatCount, formatDuration } from '../lib/format.ts';

/** Words of tracing in the settings. */
export const tracingText = {
  heading: 'Traces for OpenTelemetry',
  isOn: 'Tracing',
  isOnHint:
    'Each click becomes a trace with spans for its calls, connections and statements. Off by default; Operations in the log works without it.',
  endpoint: 'Endpoint',
  endpointHint: 'Of an OTLP collector that takes JSON over HTTP. Without one, nothing is sent.',
  endpointExample: 'http://127.0.0.1:4318',
  endpointInvalid:
    'Enter an https:// address, or http:// on this computer, without a user name, query or fragment.',
  share: 'Traces to send',
  shareOf: (percent: number) => (percent === 100 ? 'All' : `${formatCount(percent)}\u00a0%`),
  header: 'Header',
  headerHint: 'Some collectors want a key in a header. It goes to this endpoint only.',
  headerName: 'Header name',
  headerNameExample: 'authorization',
  headerNameInvalid: 'Enter a name of letters, digits and hyphens.',
  headerValue: 'Header value',
  setHeader: 'Set header',
  removeHeader: 'Remove',
  headerSet: 'Header set',
  headerRemoved: 'Header removed',
  headerKept: (name: string) => `${name}, in this computer’s keychain`,
  headerOfThisRun: (name: string) => `${name}, until you quit Mooring`,
  test: 'Send test span',
  testPassed: (status: number, durationMs: number) =>
    `The collector took the test span in ${formatDuration(durationMs)} (HTTP ${status}).`,
  sent: 'Spans sent',
  dropped: 'Dropped',
  droppedHint: (count: number) =>
    count === 0 ? formatCount(0) : `${formatCount(count)}: too many at once, or not taken by the collector`,
  waiting: 'Waiting',
  lastSent: 'Last sent',
  never: 'Not yet',
  serversHeading: 'Traceparent for database servers',
  serversHint: 'Only for statements that you run, so that a server’s own monitoring can name your trace.',
  inComment: 'Comment at the end of statements',
  inCommentHint:
    'In the sqlcommenter format, for PostgreSQL and MySQL. Each text differs, so caches and logs that compare texts see a new statement each time. History and statistics are unchanged.',
  inApplicationName: 'Application name',
  inApplicationNameHint:
    'PostgreSQL only: it is set before each statement and restored afterwards, in the same round trip. It costs two more commands, which the server may log. Not for a pooler that shares sessions. MySQL has no name that can change.',
};
