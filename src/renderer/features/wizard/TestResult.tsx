import { Text } from '@mantine/core';
import { IconTable } from '@tabler/icons-react';
import type { EngineKind } from '../../../shared/engines/settings.ts';
import type { SchemaPreview, TestReport, TlsState } from '../../../shared/model/testReport.ts';
import { FactList } from '../../components/FactList.tsx';
import { Notice } from '../../components/Notice.tsx';
import { certificateWarnings } from '../../lib/certificates.ts';
import { type PreviewNouns, wizardText } from '../../text/wizard.ts';
import classes from './TestResult.module.css';
import { previewHeading, previewLines, reportFacts } from './testReportText.ts';

type Passed = Extract<TestReport, { outcome: 'passed' }>;

/** What the encryption lacks. A plain connection is no fault on the way to this computer itself. */
function TlsWarning({ tls, staysHere }: { tls: TlsState; staysHere: boolean }) {
  if (tls.active && tls.verified === 'none') {
    return <Notice tone="warning">{wizardText.tlsUncheckedWarning}</Notice>;
  }
  return tls.active || staysHere ? null : <Notice tone="warning">{wizardText.tlsPlainWarning}</Notice>;
}

/** Certificates that soon end, or have ended. */
function CertificateWarnings({ tls }: { tls: TlsState }) {
  return certificateWarnings(tls, Date.now()).map((warning) => (
    <Notice key={warning} tone="warning">
      {warning}
    </Notice>
  ));
}

/** What is in the database, as far as the test looked. */
export function PassedPreview({ preview, nouns }: { preview: SchemaPreview | null; nouns: PreviewNouns }) {
  const lines = previewLines(preview, nouns);
  return (
    <section>
      <Text component="h4" className={classes.heading}>
        {previewHeading(preview, nouns)}
      </Text>
      <ul className={classes.lines}>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a report never changes, and lines may be alike
          <li key={index} className={classes.line}>
            <IconTable size={14} className={classes.lineIcon} aria-hidden />
            <span className={classes.lineText}>{line}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface PassedFactsProps {
  readonly report: Passed;
  readonly kind: EngineKind;
  /** The way that was tested never leaves this computer. */
  readonly staysHere: boolean;
}

/** What the server said about itself. */
export function PassedFacts({ report, kind, staysHere }: PassedFactsProps) {
  return (
    <div className={classes.facts}>
      <TlsWarning tls={report.server.tls} staysHere={staysHere} />
      <CertificateWarnings tls={report.server.tls} />
      <FactList facts={reportFacts(report.server, kind)} />
    </div>
  );
}
