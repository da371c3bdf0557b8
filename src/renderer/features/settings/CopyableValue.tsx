import { ActionIcon, Tooltip } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useCopyText } from '../../components/Clipboard.tsx';
import classes from './Settings.module.css';

/** A value that is too long to be typed, with a button that copies it. */
export function CopyableValue({ value, copyLabel }: { value: string; copyLabel: string }) {
  const copyText = useCopyText();
  return (
    <span className={classes.copyable}>
      <span className={classes.copyableText}>{value}</span>
      <Tooltip label={copyLabel}>
        <ActionIcon size={22} aria-label={copyLabel} onClick={() => copyText(value)}>
          <IconCopy size={14} />
        </ActionIcon>
      </Tooltip>
    </span>
  );
}
