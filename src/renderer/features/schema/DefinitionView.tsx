import { Button } from '@mantine/core';
import { IconCopy, IconSql } from '@tabler/icons-react';
import { useCopyText } from '../../components/Clipboard.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { schemaText } from '../../text/schema.ts';
import classes from './NodeDetail.module.css';

interface DefinitionViewProps {
  /** Null when there is none to be had. */
  readonly definition: string | null;
  /** Opens it where it can be changed and run; null where there are no statements. */
  readonly onOpen: ((definition: string) => void) | null;
}

/** The statements that create a node. */
export function DefinitionView({ definition, onOpen }: DefinitionViewProps) {
  const copyText = useCopyText();
  const words = schemaText.definition;
  if (definition === null) return <EmptyState title={words.none} message={words.noneMessage} />;
  return (
    <div className={classes.padded}>
      <div className={classes.definitionHead}>
        <h3 className={classes.subheading}>{words.heading}</h3>
        <div className={classes.definitionActions}>
          {onOpen !== null && (
            <Button
              size="compact-xs"
              variant="subtle"
              leftSection={<IconSql size={13} />}
              onClick={() => onOpen(definition)}
            >
              {words.open}
            </Button>
          )}
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconCopy size={13} />}
            onClick={() => copyText(definition)}
          >
            {words.copy}
          </Button>
        </div>
      </div>
      <pre className={classes.sql}>{definition}</pre>
    </div>
  );
}
