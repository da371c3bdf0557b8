/** The stable codes of everything that can go wrong. Retry, breaker and interface decide by code, never by text. */
export const errorCodes = [
  // The door
  'INVALID_INPUT',
  'TOO_LARGE',
  'RATE_LIMITED',
  'FORBIDDEN_SENDER',
  'NOT_FOUND',
  'CANCELLED',
  'INTERNAL',
  'SHUTTING_DOWN',
  // Reaching the server
  'HOST_NOT_FOUND',
  'DNS_UNAVAILABLE',
  'CONNECTION_REFUSED',
  'HOST_UNREACHABLE',
  'CONNECT_TIMEOUT',
  'CONNECTION_RESET',
  'CONNECTION_LOST',
  'PROTOCOL_ERROR',
  // TLS
  'TLS_REQUIRED',
  'TLS_NOT_SUPPORTED',
  'TLS_UNTRUSTED',
  'TLS_HOST_MISMATCH',
  'TLS_EXPIRED',
  'TLS_FAILED',
  // Logging in
  'AUTH_FAILED',
  'AUTH_METHOD_REFUSED',
  'PASSWORD_REQUIRED',
  'NO_PG_HBA_ENTRY',
  'LOGIN_NOT_PERMITTED',
  'DATABASE_NOT_FOUND',
  'TOO_MANY_CONNECTIONS',
  'SERVER_STARTING',
  'SERVER_SHUTTING_DOWN',
  // Statements
  'QUERY_TIMEOUT',
  'QUERY_CANCELLED',
  'PERMISSION_DENIED',
  'READ_ONLY',
  'QUERY_FAILED',
  // Pool and manager
  'POOL_TIMEOUT',
  'POOL_BUSY',
  'POOL_CLOSED',
  'CIRCUIT_OPEN',
  'LEASE_ALREADY_RELEASED',
  // Vault
  'VAULT_UNAVAILABLE',
  'VAULT_LOCKED_OR_MISSING_KEY',
  'VAULT_WRONG_KEY',
  'SECRET_TAMPERED',
  // Store
  'STORE_FAILED',
  'STORE_CORRUPT',
  'STORE_TOO_NEW',
  'DISK_FULL',
  // Demo server
  'DEMO_UNAVAILABLE',
  'DEMO_FAILED',
] as const;

export type ErrorCode = (typeof errorCodes)[number];
