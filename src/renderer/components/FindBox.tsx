import { TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import classes from './FindBox.module.css';
import { IconButton } from './IconButton.tsx';

interface FindBoxProps {
  /** Says where it stands, and how wide its status is (`--find-status-width`). */
  readonly className: string | undefined;
  /** Grows each time that the box is asked for: the field takes the focus again. */
  readonly turn: number;
  /** Width of the field in pixels. */
  readonly width: number;
  readonly maxLength: number;
  readonly text: string;
  readonly words: Readonly<Record<'label' | 'previous' | 'next' | 'close', string>>;
  /** What was found. */
  readonly status: ReactNode;
  readonly statusHint?: string | undefined;
  readonly onText: (text: string) => void;
  readonly onPrevious: () => void;
  readonly onNext: () => void;
  readonly onClose: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  /** Switches beside the field. */
  readonly children?: ReactNode;
}

/** A field that finds, with what it found and ways through that. */
export function FindBox(props: FindBoxProps) {
  const { className = '', turn, width, maxLength, text, words, status, statusHint, children } = props;
  const fieldRef = useRef<HTMLInputElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each turn asks for the focus
  useEffect(() => fieldRef.current?.select(), [turn]);
  return (
    <search className={`${classes.box} ${className}`} onKeyDown={props.onKeyDown}>
      <TextInput
        ref={fieldRef}
        size="xs"
        w={width}
        value={text}
        aria-label={words.label}
        placeholder={words.label}
        spellCheck={false}
        maxLength={maxLength}
        onChange={(event) => props.onText(event.currentTarget.value)}
      />
      {children}
      <span role="status" className={classes.status} title={statusHint}>
        {status}
      </span>
      <IconButton size="sm" label={words.previous} shortcut="Shift+Enter" onClick={props.onPrevious}>
        <IconArrowUp size={15} />
      </IconButton>
      <IconButton size="sm" label={words.next} shortcut="Enter" onClick={props.onNext}>
        <IconArrowDown size={15} />
      </IconButton>
      <IconButton size="sm" label={words.close} shortcut="Esc" onClick={props.onClose}>
        <IconX size={15} />
      </IconButton>
    </search>
  );
}
