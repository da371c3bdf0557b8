import { Checkbox } from '@mantine/core';
import { type SearchPlace, searchPlaceSchema } from '../../../shared/model/schemaSearch.ts';
import frame from '../../components/TabFrame.module.css';
import { useIsSlow } from '../../lib/useIsSlow.ts';
import { schemaSearchText as words } from '../../text/schemaSearch.ts';
import type { SearchState } from './createSearchStore.ts';
import classes from './Search.module.css';
import { objectCount, type SearchRow } from './searchRows.ts';

interface SearchPlacesProps {
  readonly places: readonly SearchPlace[];
  readonly found: SearchState;
  readonly rows: readonly SearchRow[];
  readonly onChange: (places: SearchPlace[]) => void;
}

/** Where it is looked for, and how much was found. */
export function SearchPlaces({ places, found, rows, onChange }: SearchPlacesProps) {
  const { hits, isRunning, place, query } = found;
  const isSlow = useIsSlow(isRunning);
  const figure = hits.length > 0 ? words.figure(hits.length, objectCount(rows)) : '';
  const progress = place === null ? words.starting : words.searching[place];
  const said = [figure, isSlow ? progress : ''].filter((part) => part !== '').join(' · ');
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has a frame and a layout of its own
    <div role="group" className={classes.places} aria-label={words.placesLabel}>
      {searchPlaceSchema.options.map((option) => (
        <Checkbox
          key={option}
          size="xs"
          label={words.places[option]}
          title={words.placeHints[option]}
          checked={places.includes(option)}
          onChange={({ currentTarget: { checked } }) =>
            onChange(
              searchPlaceSchema.options.filter((one) => (one === option ? checked : places.includes(one))),
            )
          }
        />
      ))}
      <span className={frame.summary} role="status">
        {places.length === 0 ? words.noPlace : query === null ? '' : said}
      </span>
    </div>
  );
}
