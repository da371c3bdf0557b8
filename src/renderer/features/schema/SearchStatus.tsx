import { schemaText } from '../../text/schema.ts';
import classes from './SchemaBrowser.module.css';

interface SearchStatusProps {
  readonly matches: { readonly nodeCount: number; readonly schemaCount: number };
  readonly isLoading: boolean;
}

/** What the search has found; a line of fixed height below the filter. */
export function SearchStatus({ matches: { nodeCount, schemaCount }, isLoading }: SearchStatusProps) {
  const notes = [schemaText.matches(nodeCount, schemaCount)];
  if (isLoading) notes.push(schemaText.stillLoading);
  const text = notes.join(' · ');
  return (
    <div className={classes.searchStatus}>
      <span role="status" className={classes.searchText} title={text}>
        {text}
      </span>
    </div>
  );
}
