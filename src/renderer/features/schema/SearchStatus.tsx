import { schemaText } from '../../text/schema.ts';
import classes from './SchemaBrowser.module.css';

interface SearchStatusProps {
  readonly matches: { readonly relationCount: number; readonly schemaCount: number };
  readonly isLoading: boolean;
}

/** What the search has found; a line of fixed height below the filter. */
export function SearchStatus({ matches: { relationCount, schemaCount }, isLoading }: SearchStatusProps) {
  const notes = [schemaText.matches(relationCount, schemaCount)];
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
