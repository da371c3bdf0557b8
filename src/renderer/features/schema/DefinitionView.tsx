import { Button } from '@mantine/core';
import { IconCopy, IconSql } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useCopyText } from '../../components/Clipboard.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { schemaText } from '../../text/schema.ts';
import { type FoundLine, lineIndex } from './foundLine.ts';
import classes from './NodeDetail.module.css';

/** The statements, with a line that somebody has asked for in view. */
function Statements({ definition, line }: { readonly definition: string; readonly line: FoundLine | null }) {
  const markRef = useRef<HTMLElement>(null);
  const lines = definition.split('\n');
  const at = line === null ? -1 : lineIndex(lines, line);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for again, the same line comes into view again
  useEffect(() => markRef.current?.scrollIntoView({ block: 'center' }), [line, at]);
  if (at < 0) return <pre className={classes.sql}>{definition}</pre>;
  return (
    <pre className={classes.sql}>
      {at > 0 && `${lines.slice(0, at).join('\n')}\n`}
      <mark ref={markRef} className={classes.foundLine}>
        {lines[at]}
      </mark>
      {at < lines.length - 1 && `\n${lines.slice(at + 1).join('\n')}`}
    </pre>
  );
}

interface DefinitionViewProps {
  /** Null when there is none to be had. */
  readonly definition: string | null;
  /** Opens it where it can be changed and run; null where there are no statements. */
  readonly onOpen: ((definition: string) => void) | null;
  /** The line to be shown; null: the beginning. */
  readonly line: FoundLine | null;
}

/** The statements that create a node. */
export function DefinitionView({ definition, onOpen, line }: DefinitionViewProps) {
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
      <Statements definition={definition} line={line} />
    </div>
  );
}
