import { Text } from '@mantine/core';
import { IconTable } from '@tabler/icons-react';
import type { SchemaPreview, TestReport, TlsState } from '../../../shared/model/testReport.ts';
import { isLoopback } from '../../../shared/model/tlsDefault.ts';
import { FactList } from '../../components/FactList.tsx';
import { Notice } from '../../components/Notice.tsx';
import { wizardText } from '../../text/wizard.ts';
import classes from './TestResult.module.css';
import { previewHeading, previewLines, serverFacts } from './testReportText.ts';

type Passed = Extract<TestReport, { outcome: 'passed' }>;

/** What the encryption lacks. A plain connection is no fault on the way to this computer itself. */
function TlsWarning({ tls, host }: { tls: TlsState; host: string }) {
  if (tls.active && tls.verified === 'none') {
    return <Notice tone="warning">{wizardText.tlsUncheckedWarning}</Notice>;
  }
  return tls.active || isLoopback(host) ? null : <Notice tone="warning">{wizardText.tlsPlainWarning}</Notice>;
}

/** What is in the database, as far as the test looked. */
export function PassedPreview({ preview }: { preview: SchemaPreview | null }) {
  const lines = previewLines(preview);
  return (
    <section>
      <Text component="h4" className={classes.heading}>
        {previewHeading(preview)}
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

/**
 * What the server said about itself.
 * @param host as it was tested
 */
export function PassedFacts({ report, host }: { report: Passed; host: string }) {
  return (
    <div className={classes.facts}>
      <TlsWarning tls={report.server.tls} host={host} />
      <FactList facts={serverFacts(report.server)} />
    </div>
  );
}
