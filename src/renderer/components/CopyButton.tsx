import { Button } from '@mantine/core';
import { useTimeout } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { vocabulary } from '../text/vocabulary.ts';
import { useCopyText } from './Clipboard.tsx';

const copiedShownMs = 2_000;

interface CopyButtonProps {
  readonly label: string;
  /** Asked for when the button is pressed. */
  readonly text: () => string;
  readonly size?: 'xs' | 'sm';
  /** Filled where copying is what the window is for. */
  readonly variant?: 'subtle' | 'filled';
}

/** Copies a text, and says so in its own place: nothing comes up over what is being read. */
export function CopyButton({ label, text, size = 'sm', variant = 'subtle' }: CopyButtonProps) {
  const copyText = useCopyText();
  const [isCopied, setIsCopied] = useState(false);
  const { start } = useTimeout(() => setIsCopied(false), copiedShownMs);
  const copy = () =>
    copyText(text(), () => {
      setIsCopied(true);
      start();
    });
  return (
    <Button
      size={size}
      variant={variant}
      {...(variant === 'subtle' && { color: 'gray' })}
      leftSection={isCopied ? <IconCheck size={14} /> : <IconCopy size={14} />}
      onClick={copy}
    >
      <span aria-live="polite">{isCopied ? vocabulary.copiedHere : label}</span>
    </Button>
  );
}
