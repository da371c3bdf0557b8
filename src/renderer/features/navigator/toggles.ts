/**
 * What somebody opened or closed, by scope (a data source, or the outline above them) and key of the row. A change in one
 * scope leaves the maps of the others as they are, so that only its rows are made anew.
 */
export type Toggles = Readonly<Record<string, ReadonlyMap<string, boolean>>>;

/** Scope of folders, headings and data sources. */
export const outlineScope = '';

const untouched: ReadonlyMap<string, boolean> = new Map();

export const togglesOf = (toggles: Toggles, scope: string): ReadonlyMap<string, boolean> =>
  toggles[scope] ?? untouched;

export const withToggled = (toggles: Toggles, scope: string, key: string, isExpanded: boolean): Toggles => ({
  ...toggles,
  [scope]: new Map(toggles[scope]).set(key, isExpanded),
});
