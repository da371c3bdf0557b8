import { Button, Textarea } from '@mantine/core';
import { useMemo, useState } from 'react';
import { readCurl } from '../../../shared/curl/readCurl.ts';
import { isAtBaseUrl, requestOfCurl } from '../../../shared/curl/requestOfCurl.ts';
import type { EngineSettings } from '../../../shared/engines/settings.ts';
import { DialogWindow } from '../../components/DialogWindow.tsx';
import { Notice } from '../../components/Notice.tsx';
import { formOfRequest, type RequestForm } from '../../lib/requestForms.ts';
import { requestsText } from '../../text/requests.ts';
import { resourcesText } from '../../text/resources.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { baseUrlOf } from '../resourceImport/index.ts';
import classes from './Request.module.css';

const words = requestsText.curl;

interface CurlWindowProps {
  readonly opened: boolean;
  /** What the command is relative to. */
  readonly engine: EngineSettings;
  readonly onTake: (form: RequestForm) => void;
  readonly onClose: () => void;
}

/** What the command says, and what is left out of it; null while there is none. */
function useCurl(text: string, baseUrl: string) {
  return useMemo(() => {
    if (text.trim() === '') return null;
    const read = readCurl(text);
    if (!read.ok) return { form: null, remarks: [`${read.message}. ${read.hint}`] };
    const remarks = [
      ...read.warnings,
      ...(read.auth === null ? [] : [words.authentication]),
      ...(isAtBaseUrl(read, baseUrl) ? [] : [resourcesText.import.curlOtherHost]),
    ];
    return { form: formOfRequest(requestOfCurl(read, baseUrl)), remarks };
  }, [text, baseUrl]);
}

/** Takes a request out of a curl command. */
export function CurlWindow({ opened, engine, onTake, onClose }: CurlWindowProps) {
  const [text, setText] = useState('');
  const read = useCurl(text, baseUrlOf(engine));
  const close = () => {
    // It may hold a key.
    setText('');
    onClose();
  };
  return (
    <DialogWindow opened={opened} title={words.title} size={640} onClose={close}>
      <Textarea
        label={words.label}
        placeholder={words.placeholder}
        description={words.hint}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        classNames={{ input: classes.curlText ?? '' }}
        rows={8}
        spellCheck={false}
        autoComplete="off"
        data-autofocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {read?.remarks.map((remark) => (
        <Notice key={remark} tone={read.form === null ? 'warning' : 'info'}>
          {remark}
        </Notice>
      ))}
      <div className={classes.buttons}>
        <Button variant="default" onClick={close}>
          {vocabulary.cancel}
        </Button>
        <Button
          disabled={read === null || read.form === null}
          onClick={() => {
            if (read?.form) onTake(read.form);
            close();
          }}
        >
          {words.take}
        </Button>
      </div>
    </DialogWindow>
  );
}
