/** What a change of the keys takes of the person. */
export interface Consent {
  /** The passphrase there is, typed again; null where there is none, or it is forgotten. */
  readonly passphrase: string | null;
  /** Runs when the passphrase was right, before anything changes: asks the person, makes a backup. @throws CANCELLED */
  confirm(signal: AbortSignal): Promise<void>;
}

/** For a vault without a passphrase, when nothing is lost that a person should be asked about. */
export const noConsentNeeded: Consent = { passphrase: null, confirm: () => Promise.resolve() };
