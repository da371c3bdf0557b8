import { Tooltip } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { vocabulary } from '../text/vocabulary.ts';
import classes from './ReadOnlyMark.module.css';

/** A lock and the word: nothing can be changed through this data source. */
export function ReadOnlyMark() {
  return (
    <Tooltip label={vocabulary.readOnlyHint}>
      <span className={classes.mark}>
        <IconLock size={14} aria-hidden />
        {vocabulary.readOnly}
      </span>
    </Tooltip>
  );
}
