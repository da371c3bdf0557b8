import { Button, Loader, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { CallInput } from '../../../shared/ipc/contract.ts';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { resourcesText } from '../../text/resources.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import classes from './Import.module.css';

const words = resourcesText.import;
export type From = CallInput<'resources.readDocument'>['from'];
type Source = keyof typeof words.sources;

interface DocumentSourceProps {
  readonly isReading: boolean;
  readonly error: ErrorDto | null;
  readonly onRead: (from: From) => void;
  readonly onCurl: (text: string) => void;
  readonly onCancel: () => void;
}

const typing = { spellCheck: false, autoComplete: 'off' } as const;

/** Where resources come from: a document in a file, at an address or pasted, or a pasted curl command. */
export function DocumentSource({ isReading, error, onRead, onCurl, onCancel }: DocumentSourceProps) {
  const [source, setSource] = useState<Source>('file');
  const [texts, setTexts] = useState({ url: '', text: '', curl: '' });
  const read = () => {
    if (source === 'file') onRead({ type: 'file' });
    else if (source === 'url') onRead({ type: 'url', url: texts.url.trim() });
    else if (source === 'text') onRead({ type: 'text', text: texts.text });
    else onCurl(texts.curl);
  };
  const isReady =
    source === 'file' || (source === 'url' ? URL.canParse(texts.url.trim()) : texts[source].trim() !== '');
  return (
    <form
      className={classes.source}
      onSubmit={(event) => {
        event.preventDefault();
        // One form may stand in another.
        event.stopPropagation();
        if (isReady && !isReading) read();
      }}
    >
      <SegmentedControl
        size="xs"
        aria-label={words.from}
        value={source}
        data={(['file', 'url', 'text', 'curl'] as const).map((value) => ({
          value,
          label: words.sources[value],
        }))}
        onChange={setSource}
      />
      {source === 'file' && <p className={classes.hint}>{words.fileHint}</p>}
      {source === 'url' && (
        <TextInput
          {...typing}
          label={words.url}
          placeholder={words.urlPlaceholder}
          value={texts.url}
          onChange={(event) => setTexts({ ...texts, url: event.currentTarget.value })}
        />
      )}
      {(source === 'text' || source === 'curl') && (
        <Textarea
          {...typing}
          key={source}
          label={words[source]}
          classNames={{ input: classes.mono ?? '' }}
          rows={8}
          value={texts[source]}
          onChange={(event) => setTexts({ ...texts, [source]: event.currentTarget.value })}
        />
      )}
      <div className={classes.buttons}>
        <Button type="submit" size="xs" disabled={!isReady || isReading}>
          {source === 'file' ? words.chooseFile : source === 'url' ? words.load : words.read}
        </Button>
        {isReading && (
          <>
            <Loader size={14} />
            <span role="status">{words.loading}</span>
            <Button size="xs" variant="default" onClick={onCancel}>
              {vocabulary.cancel}
            </Button>
          </>
        )}
      </div>
      {error !== null && <ErrorPanel error={error} />}
    </form>
  );
}
