/** The words for a field of an engine's form. */
export interface FieldText {
  readonly label: string;
  /** Below the field: default, unit, what it is for; null where the label says it all. */
  readonly help: string | ((values: Readonly<Record<string, string>>) => string) | null;
  /** In the empty field: what it means to leave it empty. */
  readonly whenEmpty?: string;
}

/** The words for a field that offers a few options. The chosen option's own help stands below the field. */
export interface ChoiceText<Option extends string> extends FieldText {
  readonly options: Readonly<Record<Option, { readonly label: string; readonly help: string | null }>>;
}

/** What a fact is called; with `show`, how its text is read, where the server answers in code. */
export type FactText = string | { readonly label: string; readonly show: (text: string) => string };

/** The words for the facts of an engine, by their keys. A fact without words is not shown. */
export type FactTexts<Key extends string = string> = Readonly<Record<Key, FactText>>;

/**
 * All words of the window about one engine.
 * @typeParam Key the fields of its form
 * @typeParam Options the options of those that offer some, by field
 */
export interface EngineText<
  Key extends string = string,
  Options extends Partial<Record<Key, string>> = Partial<Record<Key, string>>,
  ServerFact extends string = string,
  NodeFact extends string = string,
  Limit extends string = string,
> {
  /** Its card in the wizard's choice. */
  readonly card: { readonly name: string; readonly message: string };
  /** A name for a data source that has none yet, made of what its fields hold. */
  suggestedName(values: Readonly<Record<Key, string>>): string;
  readonly connectionText: { readonly placeholder: string; readonly hint: string };
  readonly fields: {
    readonly [Each in Key]: Options[Each] extends string ? ChoiceText<Options[Each]> : FieldText;
  };
  /** In a section of the form of which no field is shown, by the key of the section: why. */
  readonly unused: Readonly<Record<string, string>>;
  /** The stages of a test in their order, by the connector's names; which they are may depend on the fields. */
  stages(values: Readonly<Record<Key, string>>): Readonly<Record<string, string>>;
  readonly serverFacts: FactTexts<ServerFact>;
  readonly nodeFacts: FactTexts<NodeFact>;
  /** What is switched off, or does not hold, on a server of its family or behind a pooler: a sentence each. */
  readonly serverLimits: Readonly<Record<Limit, string>>;
}

/** The words of any engine, for code that knows none. */
export interface AnyEngineText extends Omit<EngineText, 'fields'> {
  readonly fields: Readonly<Record<string, FieldText | ChoiceText<string>>>;
}
