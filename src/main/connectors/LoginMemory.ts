/** What is known about earlier log-ins to one endpoint. The connector knows which of its methods is weaker. */
export interface LoginMemory {
  /** The strongest method so far, or null before the first. A server that asks for a weaker one gets no password. */
  readonly strongest: string | null;
  /** The server took the password by a method that is not weaker than the strongest so far. */
  loggedIn(method: string): void;
}
