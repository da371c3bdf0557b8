import { Button } from '@mantine/core';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { vocabulary } from '../../text/vocabulary.ts';
import { connectionsStore } from './connections.ts';
import classes from './ListFailure.module.css';

/** Stands in the middle of the window when the data sources could not be read: nothing else can be done then. */
export function ListFailure({ error }: { error: ErrorDto }) {
  return (
    <div className={classes.failure}>
      <ErrorPanel
        error={error}
        actions={
          <Button variant="default" onClick={() => void connectionsStore.getState().reload()}>
            {vocabulary.tryAgain}
          </Button>
        }
      />
    </div>
  );
}
