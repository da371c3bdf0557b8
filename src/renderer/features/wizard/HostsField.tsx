import { ActionIcon, Button, Input, TextInput } from '@mantine/core';
import { IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { type HostLine, hostLinesOf, textOfHostLines } from '../../../shared/engines/hostsForm.ts';
import { wizardText } from '../../text/wizard.ts';
import { engineField } from './fieldNames.ts';
import { type EngineFieldProps, typingProps } from './fieldProps.ts';
import classes from './HostsField.module.css';
import { useWizard, wizardActions } from './wizard.ts';
import { shownError } from './wizardState.ts';

const words = wizardText.hosts;

interface HostsFieldProps extends EngineFieldProps {
  /** Beside the first host, which has fields of its own. */
  readonly max: number;
  readonly usualPort: string;
}

interface HostRowProps {
  readonly lines: readonly HostLine[];
  readonly index: number;
  readonly onChange: (lines: readonly HostLine[]) => void;
}

/** One of the hosts that are tried after the first. */
function HostRow({ lines, index, onChange }: HostRowProps) {
  const { host, port } = lines[index] ?? { host: '', port: '' };
  // The first host has fields of its own.
  const number = index + 2;
  const set = (change: Partial<HostLine>) =>
    onChange(lines.map((line, at) => (at === index ? { ...line, ...change } : line)));
  const swapUp = () =>
    onChange([
      ...lines.slice(0, index - 1),
      ...lines.slice(index - 1, index + 1).reverse(),
      ...lines.slice(index + 1),
    ]);
  const icon = { variant: 'subtle', color: 'gray', size: 'sm' } as const;
  return (
    <>
      <TextInput
        {...typingProps}
        className={classes.host}
        aria-label={words.host(number)}
        placeholder={words.host(number)}
        value={host}
        onChange={(event) => set({ host: event.currentTarget.value })}
      />
      <TextInput
        {...typingProps}
        className={classes.port}
        aria-label={words.port(number)}
        inputMode="numeric"
        value={port}
        onChange={(event) => set({ port: event.currentTarget.value })}
      />
      <div className={classes.actions}>
        <ActionIcon
          {...icon}
          aria-label={words.remove(number)}
          onClick={() => onChange(lines.filter((_line, at) => at !== index))}
        >
          <IconTrash size={14} />
        </ActionIcon>
        {index > 0 && (
          <ActionIcon {...icon} aria-label={words.up(number)} onClick={swapUp}>
            <IconArrowUp size={14} />
          </ActionIcon>
        )}
      </div>
    </>
  );
}

/** The hosts that are tried after the first one, in their order: added, removed and moved. */
export function HostsField({ field: { key }, style, max, usualPort }: HostsFieldProps) {
  const wizard = useWizard();
  const listRef = useRef<HTMLDivElement>(null);
  const wasAdded = useRef(false);
  const lines = hostLinesOf(wizard.form.values[key] ?? '');
  const error = shownError(wizard, engineField(key));
  const change = (next: readonly HostLine[]) => wizardActions().setValue(key, textOfHostLines(next));
  const add = () => {
    wasAdded.current = true;
    change([...lines, { host: '', port: usualPort }]);
  };

  useEffect(() => {
    if (!wasAdded.current) return;
    wasAdded.current = false;
    listRef.current?.querySelectorAll<HTMLElement>('input:not([inputmode])')[lines.length - 1]?.focus();
  }, [lines.length]);

  return (
    <div ref={listRef} style={style} className={classes.hosts}>
      {lines.map((_line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: hosts are told apart by their place alone, and two may be alike
        <HostRow key={index} lines={lines} index={index} onChange={change} />
      ))}
      {error !== null && <Input.Error className={classes.whole}>{error}</Input.Error>}
      {lines.length < max && (
        <Button
          className={classes.whole}
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} />}
          onClick={add}
        >
          {words.add}
        </Button>
      )}
    </div>
  );
}
