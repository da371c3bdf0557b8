import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import { BodyEditor } from '../../components/api/BodyEditor.tsx';
import { PairTable } from '../../components/api/PairTable.tsx';
import { ParameterTable } from '../../components/api/ParameterTable.tsx';
import type { RequestForm } from '../../lib/requestForms.ts';
import { requestsText as words } from '../../text/requests.ts';
import classes from './Request.module.css';

const parts = ['parameters', 'headers', 'body'] as const;

interface RequestFieldsProps {
  readonly form: RequestForm;
  readonly onChange: (change: Partial<RequestForm>) => void;
}

function partOf(part: (typeof parts)[number], { form, onChange }: RequestFieldsProps): ReactNode {
  if (part === 'parameters') {
    return (
      <ParameterTable parameters={form.parameters} onChange={(parameters) => onChange({ parameters })} />
    );
  }
  if (part === 'headers') {
    return (
      <PairTable
        label={words.parts.headers}
        pairs={form.headers}
        onChange={(headers) => onChange({ headers })}
      />
    );
  }
  return <BodyEditor body={form.body} onChange={(body) => onChange({ body })} />;
}

/** What is sent beside method and path. */
export function RequestFields(props: RequestFieldsProps) {
  return (
    <Tabs defaultValue="parameters" className={classes.tabs}>
      <Tabs.List px={8} aria-label={words.partsLabel}>
        {parts.map((part) => (
          <Tabs.Tab key={part} value={part}>
            {words.parts[part]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {parts.map((part) => (
        <Tabs.Panel key={part} value={part} className={classes.fields}>
          {partOf(part, props)}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
