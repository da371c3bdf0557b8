import type { SchemaPreview, ServerInfo, TestReport } from '../../../shared/model/testReport.ts';
import { errorReport } from '../../components/errorReport.ts';
import { formatDuration } from '../../lib/format.ts';
import { wizardText } from '../../text/wizard.ts';

/** A fact about the server with its heading, as the screen and the copied report show it. */
export interface ServerFact {
  readonly label: string;
  readonly value: string;
}

function accessText({ readOnly, reachesServer }: ServerInfo): string | null {
  if (readOnly === null) return null;
  if (!readOnly) return wizardText.readWrite;
  return reachesServer === true ? wizardText.readOnlyButServer : wizardText.readOnlyAccess;
}

/** What the test learned about the server, in the order in which people ask. */
export function serverFacts(server: ServerInfo): ServerFact[] {
  const { facts, superuser, encodingSummary, tlsSummary, notKnown } = wizardText;
  const { user, serverEncoding, clientEncoding } = server;
  const values: readonly (readonly [label: string, value: string | null])[] = [
    [facts.version, server.version],
    [facts.database, server.database],
    [facts.user, user !== null && server.isSuperuser === true ? superuser(user) : user],
    [facts.access, accessText(server)],
    [facts.timeZone, server.timeZone],
    [
      facts.encoding,
      serverEncoding === null || clientEncoding === null
        ? serverEncoding
        : encodingSummary(serverEncoding, clientEncoding),
    ],
    [facts.tls, tlsSummary(server.tls)],
  ];
  return values.map(([label, value]) => ({ label, value: value ?? notKnown }));
}

/** The line above the schema preview. */
export function previewHeading(preview: SchemaPreview | null): string {
  if (preview === null) return wizardText.previewRefused;
  const { schema, relationCount, otherSchemaCount } = preview;
  if (relationCount > 0 && schema !== null) return wizardText.previewTitle(schema, relationCount);
  if (otherSchemaCount === 0) return wizardText.previewEmpty;
  return schema === null ? wizardText.previewNoSchema : wizardText.previewEmptySchema(schema);
}

/** The lines of the schema preview, each like `User (8 columns • 3 rows)`, and where the other tables are. */
export function previewLines(preview: SchemaPreview | null): string[] {
  if (preview === null) return [];
  const lines = preview.relations.map((relation) =>
    wizardText.relationLine(relation.name, relation.columnCount, relation.rows),
  );
  const moreCount = preview.relationCount - preview.relations.length;
  if (moreCount > 0) lines.push(wizardText.previewMore(moreCount));
  if (preview.otherSchemaCount > 0) lines.push(wizardText.previewElsewhere(preview));
  return lines;
}

function resultLines(report: TestReport): string[] {
  if (report.outcome === 'failed') return [errorReport(report.error)];
  const { preview } = report;
  return [
    ...serverFacts(report.server).map(({ label, value }) => `${label}: ${value}`),
    '',
    previewHeading(preview),
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
