import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type BodyForm, bodyTypes, type PartForm } from '../../lib/requestForms.ts';
import { requestsText } from '../../text/requests.ts';
import classes from './Lines.module.css';
import { linesWithNew, withLine, withoutLine } from './lines.ts';
import { PairTable, RemoveLine } from './PairTable.tsx';

const words = requestsText.body;
const emptyPart: PartForm = { name: '', contentType: '', isFile: false, value: '' };
const typing = { size: 'xs', spellCheck: false, autoComplete: 'off' } as const;

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

function CodeField({ label, value, onChange }: TextFieldProps) {
  return (
    <Textarea
      {...typing}
      label={label}
      classNames={{ input: classes.mono }}
      autosize
      minRows={4}
      maxRows={24}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

interface PartTableProps {
  readonly parts: readonly PartForm[];
  readonly onChange: (parts: PartForm[]) => void;
}

/** Parts of a multipart body: each a text, or a file of this computer. */
function PartTable({ parts, onChange }: PartTableProps) {
  const { names } = requestsText;
  return (
    <fieldset className={classes.parts} aria-label={words.parts}>
      {[names.name, names.value, words.contentType, words.file].map((title) => (
        <span key={title} className={classes.head} aria-hidden>
          {title}
        </span>
      ))}
      <span />
      {linesWithNew(parts, emptyPart).map((part, index) => {
        const set = (change: Partial<PartForm>) => onChange(withLine(parts, index, { ...part, ...change }));
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: names may be equal, and a line is its place
          <div key={index} className={classes.line}>
            <TextInput
              {...typing}
              aria-label={requestsText.nameOf(words.parts, index + 1)}
              value={part.name}
              onChange={(event) => set({ name: event.currentTarget.value })}
            />
            <TextInput
              {...typing}
              aria-label={requestsText.valueOf(words.parts, part.name)}
              placeholder={part.isFile ? words.filePath : undefined}
              value={part.value}
              onChange={(event) => set({ value: event.currentTarget.value })}
            />
            <TextInput
              {...typing}
              aria-label={words.partContentType(part.name)}
              value={part.contentType}
              onChange={(event) => set({ contentType: event.currentTarget.value })}
            />
            <div className={classes.checks}>
              <Checkbox
                size="xs"
                aria-label={words.fileOf(part.name)}
                checked={part.isFile}
                onChange={(event) => set({ isFile: event.currentTarget.checked })}
              />
            </div>
            <RemoveLine
              name={part.name}
              isNew={index === parts.length}
              onClick={() => onChange(withoutLine(parts, index))}
            />
          </div>
        );
      })}
    </fieldset>
  );
}

interface BodyEditorProps {
  readonly body: BodyForm;
  readonly onChange: (body: BodyForm) => void;
}

function BodyFields({ body, onChange }: BodyEditorProps) {
  const set = (change: Partial<BodyForm>) => onChange({ ...body, ...change });
  switch (body.type) {
    case 'none':
      return <p className={classes.none}>{words.none}</p>;
    case 'json':
      return <CodeField label={words.json} value={body.json} onChange={(json) => set({ json })} />;
    case 'form':
      return <PairTable label={words.fields} pairs={body.fields} onChange={(fields) => set({ fields })} />;
    case 'multipart':
      return <PartTable parts={body.parts} onChange={(parts) => set({ parts })} />;
    case 'graphql':
      return (
        <>
          <CodeField label={words.query} value={body.query} onChange={(query) => set({ query })} />
          <CodeField
            label={words.variables}
            value={body.variables}
            onChange={(variables) => set({ variables })}
          />
        </>
      );
    case 'text':
      return (
        <>
          <TextInput
            {...typing}
            label={words.contentType}
            value={body.contentType}
            onChange={(event) => set({ contentType: event.currentTarget.value })}
          />
          <CodeField label={words.text} value={body.text} onChange={(text) => set({ text })} />
        </>
      );
  }
}

/** The body of a request in whatever form it is sent. What was typed for another form stays. */
export function BodyEditor({ body, onChange }: BodyEditorProps) {
  return (
    <div className={classes.body}>
      <NativeSelect
        size="xs"
        w={160}
        aria-label={words.type}
        value={body.type}
        data={bodyTypes.map((value) => ({ value, label: words.types[value] }))}
        onChange={({ currentTarget }) =>
          onChange({ ...body, type: bodyTypes.find((type) => type === currentTarget.value) ?? body.type })
        }
      />
      <BodyFields body={body} onChange={onChange} />
    </div>
  );
}
