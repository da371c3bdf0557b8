import { Button } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import type { RelationDetail } from '../../../shared/model/schemaTree.ts';
import { useCopyText } from '../../components/Clipboard.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { schemaText } from '../../text/schema.ts';
import classes from './SchemaBrowser.module.css';

/** The query behind a view, or how a table is partitioned. */
export function DefinitionView({ detail: { viewDefinition, partitionKey } }: { detail: RelationDetail }) {
  const copyText = useCopyText();
  const words = schemaText.definition;
  if (viewDefinition === null && partitionKey === null) {
    return <EmptyState title={words.none} message={words.noneMessage} />;
  }
  return (
    <div className={classes.padded}>
      {partitionKey !== null && (
        <>
          <h3 className={classes.subheading}>{words.partitionKey}</h3>
          <pre className={classes.sql}>{partitionKey}</pre>
        </>
      )}
      {viewDefinition !== null && (
        <>
          <div className={classes.definitionHead}>
            <h3 className={classes.subheading}>{words.query}</h3>
            <Button
              size="compact-xs"
              variant="subtle"
              leftSection={<IconCopy size={13} />}
              onClick={() => copyText(viewDefinition)}
            >
              {words.copy}
            </Button>
          </div>
          <pre className={classes.sql}>{viewDefinition}</pre>
        </>
      )}
    </div>
  );
}
