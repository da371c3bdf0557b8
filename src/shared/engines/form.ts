/** How a field is edited. A plain widget where it can be, a custom one (`authority`) where it must be. */
export type Widget =
  | { readonly type: 'text' }
  /** A whole number, in a short field. */
  | { readonly type: 'number' }
  /** One of a few words: side by side up to three, else in a list. The values are the model's, the labels the engine's words. */
  | { readonly type: 'choice'; readonly options: readonly string[] }
  /** `on` or empty. */
  | { readonly type: 'switch' }
  /** A secret field of the engine with the same key. It is never filled in from the vault. */
  | { readonly type: 'secret' }
  /** Several lines of text, such as one `name: value` each. */
  | { readonly type: 'lines' }
  /** A secret that a server gives when a person signs in there, in the system's browser. */
  | { readonly type: 'sign-in' }
  /** PEM certificates: pasted, read from a file that the person picks, or in a file whose path the field `file` within it holds. */
  | { readonly type: 'authority'; readonly file: string }
  /** The path of a file: typed, or chosen in a dialog of main. */
  | { readonly type: 'file' }
  /** Hosts with their ports, a line for each (`hostsForm.ts`): those that are tried after the first one. */
  | { readonly type: 'hosts'; readonly max: number; readonly usualPort: string }
  /** A list of SSH servers, drawn with the fields that are within it. */
  | { readonly type: 'hops' };

/** What the fields hold, as typed. Secrets are not among them. */
export type FormValues<Key extends string = string> = Readonly<Record<Key, string>>;

export interface FormField<Key extends string = string> {
  readonly key: Key;
  readonly widget: Widget;
  /** Where its value stands in the configuration, such as `tls.mode`; a fault found there is shown here. */
  readonly path: string | ((values: FormValues<Key>) => string);
  /** The key of the field that draws this one; absent: the section does. */
  readonly within?: Key;
  /** With a function, by what the other fields hold. Absent: it may stay empty. */
  readonly isRequired?: boolean | ((values: FormValues<Key>) => boolean);
  /** Folded away with the others of its section until one of them is used. */
  readonly isAdvanced?: boolean;
  /** How many of the twelve columns of a line it takes; six when absent. */
  readonly columns?: number;
  /** Absent: always. What a field holds that is not shown does not count. */
  readonly isShown?: (values: FormValues<Key>) => boolean;
  /** The value it takes by itself until a person chooses one. */
  readonly suggest?: (values: FormValues<Key>) => string;
}

/** Fields that stand together under a heading. */
export interface FormSection<Key extends string = string> {
  readonly key: 'address' | 'authentication' | 'encryption' | 'network' | 'session' | 'requests';
  readonly fields: readonly FormField<Key>[];
}

/** An engine's form. The words for its fields stand in `renderer/text/engines/<engine>.ts`, typed by the same keys. */
export interface EngineForm<Config, Key extends string> {
  readonly sections: readonly FormSection<Key>[];
  /** What the fields show of a configuration; of none, what a new data source begins with. */
  valuesOf(config: Config | null): FormValues<Key>;
  /** The configuration the fields make, not checked yet: numbers may be NaN. */
  configOf(values: FormValues<Key>): Config;
}

/** Text as a number, NaN when it is none; the schema then says what is wrong with it. */
export const numberOf = (text: string): number =>
  /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN;
