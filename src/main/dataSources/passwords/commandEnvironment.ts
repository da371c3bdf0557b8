/**
 * What a password command sees of the environment: what programs need to run, to find their settings in the home folder
 * and to get through a proxy, and the names of accounts and places that the tools of the large clouds read. No variable
 * that holds a secret is among them.
 */
const passedOn: ReadonlySet<string> = new Set([
  ...['PATH', 'HOME', 'USER', 'LOGNAME', 'LANG', 'LC_ALL', 'TMPDIR', 'XDG_CONFIG_HOME', 'XDG_RUNTIME_DIR'],
  ...['DBUS_SESSION_BUS_ADDRESS', 'SSH_AUTH_SOCK', 'SSL_CERT_FILE', 'SSL_CERT_DIR'],
  // Windows.
  ...[
    'SYSTEMROOT',
    'SYSTEMDRIVE',
    'COMSPEC',
    'PATHEXT',
    'USERPROFILE',
    'USERNAME',
    'APPDATA',
    'LOCALAPPDATA',
  ],
  ...['PROGRAMDATA', 'PROGRAMFILES', 'PROGRAMFILES(X86)', 'TEMP', 'TMP'],
  ...['NO_PROXY', 'HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'],
  ...['AWS_PROFILE', 'AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE'],
  ...['AWS_CA_BUNDLE', 'CLOUDSDK_CONFIG', 'CLOUDSDK_ACTIVE_CONFIG_NAME', 'CLOUDSDK_CORE_PROJECT'],
  ...['GOOGLE_APPLICATION_CREDENTIALS', 'AZURE_CONFIG_DIR', 'AZURE_TENANT_ID', 'VAULT_ADDR', 'OP_ACCOUNT'],
]);

/** Names are compared without case: proxies are written in both, and Windows does not care. */
export const commandEnvironment = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => passedOn.has(name.toUpperCase())));
