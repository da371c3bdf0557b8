import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type TracingStatus, traceHeaderSchema } from '../../../shared/model/tracing.ts';
import { FactList } from '../../components/FactList.tsx';
import { tracingText as words } from '../../text/tracing.ts';
import classes from './Settings.module.css';
import { tracingStore } from './tracing.ts';

const nameSchema = traceHeaderSchema.shape.name;

/** The header that goes with the spans: its name, and its value while it is typed. */
export function TraceHeaderField({ header }: { header: TracingStatus['header'] }) {
  return header === null ? <NewHeader /> : <SetHeader header={header} />;
}

function SetHeader({ header: { name, isKept } }: { header: NonNullable<TracingStatus['header']> }) {
  return (
    <FactList
      facts={[
        {
          label: words.header,
          value: (
            <span className={classes.copyable}>
              <span className={classes.copyableText}>
                {isKept ? words.headerKept(name) : words.headerOfThisRun(name)}
              </span>
              <Button
                variant="subtle"
                size="compact-xs"
                onClick={() => void tracingStore.getState().setHeader(null)}
              >
                {words.removeHeader}
              </Button>
            </span>
          ),
        },
      ]}
    />
  );
}

function NewHeader() {
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const isNamed = nameSchema.safeParse(name.trim()).success;
  const header = traceHeaderSchema.safeParse({ name: name.trim(), value: value.trim() });
  const set = () => {
    if (header.success) void tracingStore.getState().setHeader(header.data);
  };
  return (
    <form
      className={classes.header}
      onSubmit={(event) => {
        event.preventDefault();
        set();
      }}
    >
      <p className={classes.text}>{words.headerHint}</p>
      <div className={classes.headerFields}>
        <TextInput
          label={words.headerName}
          placeholder={words.headerNameExample}
          maxLength={64}
          spellCheck={false}
          value={name}
          error={name.trim() !== '' && !isNamed && words.headerNameInvalid}
          onChange={({ currentTarget: { value: text } }) => setName(text)}
        />
        <PasswordInput
          label={words.headerValue}
          maxLength={4_096}
          autoComplete="off"
          value={value}
          onChange={({ currentTarget: { value: text } }) => setValue(text)}
        />
      </div>
      <Button type="submit" variant="default" className={classes.action} disabled={!header.success}>
        {words.setHeader}
      </Button>
    </form>
  );
}
