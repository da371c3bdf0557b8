/** Names under which APIs take their keys, without marks and in lower case. */
const keyNames = new Set([
  ...['apikey', 'xapikey', 'key', 'accesskey', 'xaccesskey', 'authkey', 'xauthkey', 'subscriptionkey'],
  ...['ocpapimsubscriptionkey', 'apitoken', 'xapitoken', 'accesstoken', 'xaccesstoken', 'authtoken'],
  ...[
    'xauthtoken',
    'token',
    'xtoken',
    'privatetoken',
    'appid',
    'clientsecret',
    'secret',
    'xapisecret',
    'sessiontoken',
  ],
  ...[
    'xvaulttoken',
    'xshopifyaccesstoken',
    'xgoogapikey',
    'xrapidapikey',
    'sig',
    'signature',
    'password',
    'passwd',
  ],
]);

/** Whether what a parameter of this name holds is likely to be a key. */
export const isKeyName = (name: string): boolean => keyNames.has(name.toLowerCase().replace(/[^a-z]/g, ''));

/** As `isKeyName`, for headers: those that end like this are keys under the names of many companies. */
export const isKeyHeader = (name: string): boolean =>
  isKeyName(name) || /(?:key|token|secret|password|signature)$/i.test(name);
