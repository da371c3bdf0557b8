import { engineOf } from '../../../shared/engines/engines.ts';
import type { EngineKind } from '../../../shared/engines/settings.ts';
import type { SchemaPreview, ServerInfo, TestReport } from '../../../shared/model/testReport.ts';
import { errorReport } from '../../components/errorReport.ts';
import { certificateWarnings } from '../../lib/certificates.ts';
import type { LabelledText } from '../../lib/factList.ts';
import { formatDuration } from '../../lib/format.ts';
import { productText, serverFacts } from '../../lib/serverFacts.ts';
import { serverText } from '../../text/server.ts';
import { type PreviewNouns, wizardText } from '../../text/wizard.ts';

/** The words of an engine that a report is written in. */
interface ReportTexts {
  readonly stages: Readonly<Record<string, string>>;
  readonly kind: EngineKind;
  /** What there is to read. */
  readonly nouns: PreviewNouns;
}

/** What there is to read of an engine, as people call it. */
export const previewNouns = (kind: EngineKind): PreviewNouns =>
  engineOf(kind).resources === null ? wizardText.previewNouns.tables : wizardText.previewNouns.resources;

/** What the test learned about the server: what answered, and what it said about itself. */
export function reportFacts(server: ServerInfo, kind: EngineKind): readonly LabelledText[] {
  const product = productText(server, kind);
  const first = product === null ? [] : [{ label: serverText.server, value: product }];
  return [...first, ...serverFacts(server, kind)];
}

/** The line above the schema preview. */
export function previewHeading(preview: SchemaPreview | null, nouns: PreviewNouns): string {
  if (preview === null) return wizardText.previewRefused;
  const { schema, relationCount, otherSchemaCount } = preview;
  if (relationCount > 0 && schema !== null) return wizardText.previewTitle(schema, relationCount, nouns);
  if (otherSchemaCount === 0) return wizardText.previewEmpty(nouns);
  return schema === null ? wizardText.previewNoSchema : wizardText.previewEmptySchema(schema, nouns);
}

/** The lines of the schema preview, each like `User (8 columns • 3 rows)`, and where the other tables are. */
export function previewLines(preview: SchemaPreview | null, nouns: PreviewNouns): string[] {
  if (preview === null) return [];
  const lines = preview.relations.map((relation) =>
    wizardText.relationLine(relation.name, relation.columnCount, relation.rows),
  );
  const moreCount = preview.relationCount - preview.relations.length;
  if (moreCount > 0) lines.push(wizardText.previewMore(moreCount));
  if (preview.otherSchemaCount > 0) lines.push(wizardText.previewElsewhere(preview, nouns));
  return lines;
}

function resultLines(report: TestReport, { kind, nouns }: ReportTexts): string[] {
  if (report.outcome === 'failed') return [errorReport(report.error)];
  const { preview, server } = report;
  return [
    ...certificateWarnings(server.tls, Date.now()),
    ...reportFacts(server, kind).map(({ label, value }) => `${label}: ${value}`),
    '',
    previewHeading(preview, nouns),
    ...previewLines(preview, nouns).map((line) => `- ${line}`),
  ];
}

/**
 * The test as plain text, for a mail or a ticket. Holds what the screen shows and so no password.
 * @param subject the data source, with its address as lists show it
 * @param texts the engine's words
 */
export function testReportText(
  report: TestReport,
  { name, address }: { readonly name: string; readonly address: string },
  texts: ReportTexts,
): string {
  const { report: words, stageOutcome } = wizardText;
  const verdict = report.outcome === 'passed' ? words.passed : words.failed;
  const stages = report.stages.map((stage) => {
    const duration = stage.durationMs === null ? '' : ` in ${formatDuration(stage.durationMs)}`;
    const note = stage.note === null ? '' : ` (${stage.note})`;
    return `- ${texts.stages[stage.name] ?? stage.name}: ${stageOutcome[stage.outcome]}${duration}${note}`;
  });
  return [
    words.title(name, address),
    words.outcome(verdict, formatDuration(report.totalMs)),
    '',
    ...stages,
    '',
    ...resultLines(report, texts),
  ].join('\n');
}
