/** Ways to prove a password, from the weakest to the strongest. */
export const loginMethods = ['cleartext', 'md5', 'scram-sha-256'] as const;
export type LoginMethod = (typeof loginMethods)[number];

/** Whether a method gives more of the password away than another. */
export function isWeaker(method: LoginMethod, than: LoginMethod): boolean {
  return loginMethods.indexOf(method) < loginMethods.indexOf(than);
}

/** What is known about earlier log-ins to one endpoint. */
export interface LoginMemory {
  /** The strongest method so far, or null before the first. A server that asks for a weaker one gets no password. */
  readonly strongest: LoginMethod | null;
  /** The server took the password. */
  loggedIn(method: LoginMethod): void;
}
