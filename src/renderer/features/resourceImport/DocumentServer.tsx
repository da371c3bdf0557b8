import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useId } from 'react';
import type { ApiDocument } from '../../../shared/model/requests.ts';
import { resourcesText } from '../../text/resources.ts';
import classes from './Import.module.css';
import { serverUrl } from './serverUrl.ts';

const words = resourcesText.import;

export interface ServerChoice {
  readonly isWanted: boolean;
  readonly index: number;
  /** Of its variables, by name. */
  readonly values: Readonly<Record<string, string>>;
}

/** The address that a choice leads to; null when none is wanted, or the document has none. */
export function chosenAddress(
  { servers }: ApiDocument,
  { isWanted, index, values }: ServerChoice,
): string | null {
  const server = servers[index];
  return isWanted && server !== undefined ? serverUrl(server, values) : null;
}

interface DocumentServerProps {
  readonly document: ApiDocument;
  readonly choice: ServerChoice;
  readonly onChange: (choice: ServerChoice) => void;
}

/** Which of the servers of a document the data source is for, with what varies in its address. */
export function DocumentServer({ document, choice, onChange }: DocumentServerProps) {
  const id = useId();
  const { servers, authentication } = document;
  const server = servers[choice.index];
  if (servers.length === 0 && authentication === null) return null;
  return (
    <div className={classes.server}>
      <Checkbox
        size="xs"
        label={words.useServer}
        checked={choice.isWanted}
        onChange={(event) => onChange({ ...choice, isWanted: event.currentTarget.checked })}
      />
      {choice.isWanted && server !== undefined && (
        <div className={classes.serverFields}>
          <NativeSelect
            size="xs"
            aria-label={words.server}
            value={String(choice.index)}
            data={servers.map((one, index) => ({
              value: String(index),
              label: one.description === '' ? one.defaultUrl : `${one.defaultUrl} (${one.description})`,
            }))}
            onChange={(event) =>
              onChange({ ...choice, index: Number(event.currentTarget.value), values: {} })
            }
          />
          {server.variables.map(({ name, value, choices }) => (
            <div key={name}>
              <TextInput
                size="xs"
                label={name}
                aria-label={words.variable(name)}
                list={`${id}-${name}`}
                spellCheck={false}
                value={choice.values[name] ?? value}
                onChange={(event) =>
                  onChange({ ...choice, values: { ...choice.values, [name]: event.currentTarget.value } })
                }
              />
              <datalist id={`${id}-${name}`}>
                {choices.map((one) => (
                  <option key={one} value={one} />
                ))}
              </datalist>
            </div>
          ))}
          <code className={classes.path}>{serverUrl(server, choice.values)}</code>
        </div>
      )}
    </div>
  );
}
