import { engineKinds, engineOf } from '../../shared/engines/engines.ts';
import type { EngineKind } from '../../shared/engines/settings.ts';
import type { ErrorAction, LimitField } from '../../shared/errors/errorActions.ts';
import { engineText } from './engines/index.ts';

/** The buttons beside an error. Those that ask first end with an ellipsis. */
const tlsLabels: Readonly<Record<string, string>> = {
  'verify-full': 'Use TLS and verify the server',
  'verify-ca': 'Verify only the certificate…',
  encrypt: 'Encrypt without verifying…',
  disable: 'Turn off TLS…',
};

const fieldLabels: Readonly<Record<string, string>> = {
  password: 'Enter the password',
  caPem: 'Add a CA certificate',
};

const limitLabels: Readonly<Record<LimitField, string>> = {
  connectSeconds: 'Change the connection time-out',
  querySeconds: 'Change the query time-out',
  idleInTransactionSeconds: 'Change the idle transaction time-out',
  poolMax: 'Change the size of the pool',
  readOnly: 'Change read-only',
};

function fieldLabel(key: string, kind: EngineKind): string {
  const label = engineText(kind).fields[key]?.label ?? key;
  return fieldLabels[key] ?? `Change ${label.charAt(0).toLowerCase()}${label.slice(1)}`;
}

/** @param kind the engine of the data source that the error is about */
export function errorActionLabel(action: ErrorAction, kind: EngineKind): string {
  switch (action.action) {
    case 'set-tls-mode':
      return tlsLabels[action.mode] ?? `TLS: ${action.mode}…`;
    case 'open-field':
      return fieldLabel(action.field, kind);
    case 'open-limit':
      return limitLabels[action.field];
    case 'use-port':
      return `Use port ${action.port}`;
    case 'use-engine': {
      const other = engineKinds.find((each) => each === action.kind);
      return other === undefined ? '' : `Switch to ${engineOf(other).label}`;
    }
    case 'choose-database':
      return 'Choose a database…';
    case 'start-demo':
      return 'Use the demo database instead';
    case 'trust-host-key':
      return 'Compare the keys…';
    case 'open-activity':
      return 'Show activity';
    case 'roll-back':
      return 'Roll back the transaction';
  }
}

export const errorActionText = {
  weakerTitle: (mode: string) => `Use “${mode}”?`,
  weakerConfirm: 'Use it and test again',
  databases: 'Databases of this server',
  choose: 'Choose…',
  asking: 'Asking the server…',
  noDatabases: 'The server shows this user no database.',
};
