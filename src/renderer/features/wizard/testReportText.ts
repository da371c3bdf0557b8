import type { SchemaPreview, ServerInfo, TestReport } from '../../../shared/model/testReport.ts';
import { errorReport } from '../../components/errorReport.ts';
import { formatDuration } from '../../lib/format.ts';
import { wizardText } from '../../text/wizard.ts';

/** A fact about the server with its heading, as the screen and the copied report show it. */
export interface ServerFact {
  readonly label: string;
  readonly value: string;
}

/** What the test learned about the server, in the order in which people ask. */
export function serverFacts(server: ServerInfo): ServerFact[] {
  const { facts, superuser, readOnlyAccess, readWrite, encodingSummary, tlsSummary } = wizardText;
  return [
    { label: facts.version, value: server.version },
    { label: facts.database, value: server.database },
    { label: facts.user, value: server.isSuperuser ? superuser(server.user) : server.user },
    { label: facts.access, value: server.readOnly ? readOnlyAccess : readWrite },
    { label: facts.timeZone, value: server.timeZone },
    { label: facts.encoding, value: encodingSummary(server.serverEncoding, server.clientEncoding) },
    { label: facts.tls, value: tlsSummary(server.tls) },
  ];
}

/** The lines of the schema preview, each like `User (8 columns • 3 rows)`. */
export function previewLines(preview: SchemaPreview): string[] {
  const lines = preview.relations.map((relation) =>
    wizardText.relationLine(relation.name, relation.columnCount, relation.rows),
  );
  const moreCount = preview.relationCount - preview.relations.length;
  return moreCount > 0 ? [...lines, wizardText.previewMore(moreCount)] : lines;
}

function resultLines(report: TestReport): string[] {
  if (report.outcome === 'failed') return [errorReport(report.error)];
  const { preview } = report;
  return [
    ...serverFacts(report.server).map(({ label, value }) => `${label}: ${value}`),
    ...(preview.schema === null ? [] : ['', wizardText.previewTitle(preview.schema, preview.relationCount)]),
    ...previewLines(preview).map((line) => `- ${line}`),
  ];
}

/**
 * The test as plain text, for a mail or a ticket. Holds what the screen shows and so no password.
 * @param name of the data source
 * @param address as `host:port/database`
 */
export function testReportText(report: TestReport, name: string, address: string): string {
  const { report: words, stageLabel, stageOutcome } = wizardText;
  const verdict = report.outcome === 'passed' ? words.passed : words.failed;
  const stages = report.stages.map((stage) => {
    const duration = stage.durationMs === null ? '' : ` in ${formatDuration(stage.durationMs)}`;
    const note = stage.note === null ? '' : ` (${stage.note})`;
    return `- ${stageLabel[stage.name]}: ${stageOutcome[stage.outcome]}${duration}${note}`;
  });
  return [
    words.title(name, address),
    words.outcome(verdict, formatDuration(report.totalMs)),
    '',
    ...stages,
    '',
    ...resultLines(report),
  ].join('\n');
}
