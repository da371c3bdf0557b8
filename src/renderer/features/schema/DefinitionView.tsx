import { Button } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useCopyText } from '../../components/Clipboard.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { schemaText } from '../../text/schema.ts';
import classes from './NodeDetail.module.css';

/** The statement that creates a node, or the query behind a view; null when the server gives none. */
export function DefinitionView({ definition }: { definition: string | null }) {
  const copyText = useCopyText();
  const words = schemaText.definition;
  if (definition === null) return <EmptyState title={words.none} message={words.noneMessage} />;
  return (
    <div className={classes.padded}>
      <div className={classes.definitionHead}>
        <h3 className={classes.subheading}>{words.heading}</h3>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconCopy size={13} />}
          onClick={() => copyText(definition)}
        >
          {words.copy}
        </Button>
      </div>
      <pre className={classes.sql}>{definition}</pre>
    </div>
  );
}
