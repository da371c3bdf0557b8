import { Button } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import type { EngineKind } from '../../../shared/engines/settings.ts';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { ApiDocument } from '../../../shared/model/requests.ts';
import { maxResources, type Resource } from '../../../shared/model/resources.ts';
import { DialogWindow } from '../../components/DialogWindow.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { Notice } from '../../components/Notice.tsx';
import { call } from '../../lib/api.ts';
import { errorDtoOf } from '../../lib/errorText.ts';
import { excessOf } from '../../lib/resourceList.ts';
import { createSoloRun } from '../../lib/soloRun.ts';
import { resourcesText } from '../../text/resources.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { chosenAddress, DocumentServer, type ServerChoice } from './DocumentServer.tsx';
import { DocumentSource, type From } from './DocumentSource.tsx';
import { documentOfCurl } from './documentOfCurl.ts';
import classes from './Import.module.css';
import { type Operation, OperationList } from './OperationList.tsx';

const words = resourcesText.import;

/** What was chosen of a document. */
export interface ImportFinding {
  readonly resources: readonly Resource[];
  readonly address: string | null;
  /** How one logs in, as values for the fields of the engine's form. */
  readonly values: Readonly<Record<string, string>>;
}

export interface ImportWindowProps {
  readonly opened: boolean;
  readonly kind: EngineKind;
  /** Resources that are there already. */
  readonly present: readonly Resource[];
  /** Where the API is, as far as that is known: a curl command is relative to it. */
  readonly baseUrl: string;
  /** Whether the address and the log-in of the document can be taken over as well. */
  readonly takesServer: boolean;
  /** @throws ApiError why it was not taken over */
  readonly onTake: (finding: ImportFinding) => Promise<void> | void;
  readonly onClose: () => void;
  readonly onClosed?: () => void;
}

/** Reads one document at a time. */
function useDocument(kind: EngineKind, baseUrl: string) {
  const [run] = useState(createSoloRun);
  const [isReading, setIsReading] = useState(false);
  const [document, setDocument] = useState<ApiDocument | null>(null);
  const [error, setError] = useState<ErrorDto | null>(null);
  useEffect(() => run.abandon, [run]);
  const settle = (next: ApiDocument | null, problem: ErrorDto | null): void => {
    setIsReading(false);
    setDocument(next);
    setError(problem);
  };
  return {
    isReading,
    document,
    error,
    read(from: From): void {
      setIsReading(true);
      setError(null);
      void run.run((signal) => call('resources.readDocument', { kind, from }, { signal }), {
        onDone: (read) => settle(read, null),
        onFailed: (problem) => settle(null, problem.code === 'CANCELLED' ? null : problem),
      });
    },
    readCurl(text: string): void {
      const read = documentOfCurl(text, baseUrl);
      settle(read.ok ? read.document : null, read.ok ? null : read.error);
    },
    cancel(): void {
      run.abandon();
      settle(null, null);
    },
  };
}

interface ChoiceProps extends ImportWindowProps {
  readonly document: ApiDocument;
  readonly onBack: () => void;
}

/** What of the document is taken over. */
function DocumentChoice({ document, present, takesServer, onTake, onBack, onClose }: ChoiceProps) {
  const [chosen, setChosen] = useState<ReadonlySet<Operation>>(
    () => new Set(document.operations.filter(({ isLikely }) => isLikely)),
  );
  const [server, setServer] = useState<ServerChoice>({ isWanted: takesServer, index: 0, values: {} });
  const [taking, setTaking] = useState<{ isRunning: boolean; error: ErrorDto | null }>({
    isRunning: false,
    error: null,
  });
  const resources = useMemo(
    () => document.operations.filter((one) => chosen.has(one)).map(({ resource }) => resource),
    [document, chosen],
  );
  const isTooMany = excessOf(present, resources) > 0;
  const take = async (): Promise<void> => {
    setTaking({ isRunning: true, error: null });
    try {
      await onTake({
        resources,
        address: chosenAddress(document, server),
        values: server.isWanted ? (document.authentication ?? {}) : {},
      });
      onClose();
    } catch (error) {
      setTaking({ isRunning: false, error: errorDtoOf(error) });
    }
  };
  return (
    <div className={classes.choice}>
      <p className={classes.documentTitle}>{words.document(document.title, document.version)}</p>
      {document.warnings.map((warning) => (
        <Notice key={warning} tone="warning">
          {warning}
        </Notice>
      ))}
      {takesServer && <DocumentServer document={document} choice={server} onChange={setServer} />}
      <OperationList
        operations={document.operations}
        present={present}
        chosen={chosen}
        onChoose={setChosen}
      />
      {isTooMany && <Notice tone="warning">{words.tooMany(maxResources)}</Notice>}
      {taking.error !== null && <ErrorPanel error={taking.error} />}
      <div className={classes.footer}>
        <Button variant="subtle" color="gray" onClick={onBack}>
          {words.back}
        </Button>
        <span className={classes.space} />
        <Button variant="default" onClick={onClose}>
          {vocabulary.cancel}
        </Button>
        <Button
          loading={taking.isRunning}
          disabled={isTooMany || (resources.length === 0 && !server.isWanted)}
          onClick={() => void take()}
        >
          {words.add(resources.length)}
        </Button>
      </div>
    </div>
  );
}

function ImportSteps(props: ImportWindowProps) {
  const { document, isReading, error, read, readCurl, cancel } = useDocument(props.kind, props.baseUrl);
  return document === null ? (
    <DocumentSource isReading={isReading} error={error} onRead={read} onCurl={readCurl} onCancel={cancel} />
  ) : (
    <DocumentChoice {...props} document={document} onBack={cancel} />
  );
}

/** Takes resources out of an OpenAPI document or a curl command. */
export function ImportWindow(props: ImportWindowProps) {
  const { opened, onClose, onClosed } = props;
  return (
    <DialogWindow
      opened={opened}
      title={words.title}
      size={680}
      zIndex={250}
      onClose={onClose}
      {...(onClosed !== undefined && { onExitTransitionEnd: onClosed })}
    >
      <ImportSteps {...props} />
    </DialogWindow>
  );
}
