/** A text; null for one that is known but has no value, such as the cursor of the first page. */
export type TemplateValue = string | null | TemplateValues;

/** Values by name; a map, so that no name means anything to JavaScript. */
export type TemplateValues = ReadonlyMap<string, TemplateValue>;

/** What a template can name. It reaches nothing else. */
export interface TemplateScope {
  /** Such as `cursor`, or `parent` with the values of a record. `config` is added by whoever has a configuration. */
  readonly values: TemplateValues;
  /** Epoch milliseconds of `now`. */
  readonly nowMs: number;
}
