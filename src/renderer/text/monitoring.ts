/** Words of the metrics endpoint in the settings. */
export const monitoringText = {
  heading: 'Metrics for Prometheus',
  isOn: 'Metrics endpoint',
  isOnHint: 'Prometheus on this computer can read Mooring’s metrics, with a token. Off by default.',
  port: 'Port',
  portInvalid: 'Enter a whole number from 1024 to 65535.',
  address: 'Address',
  copyAddress: 'Copy address',
  token: 'Token',
  tokenKept: 'In this computer’s keychain',
  tokenOfThisRun: 'Until you quit Mooring',
  notKept:
    'The keychain is not available, so the token is not saved. After the next start, Prometheus needs a new scrape configuration.',
  lastScrape: 'Last read',
  never: 'Not yet',
  copyConfig: 'Copy scrape configuration…',
  configCopied: 'Scrape configuration copied. It is removed from the clipboard after one minute.',
  renew: 'Renew token…',
  renewed: 'Token renewed. Copy the scrape configuration again.',
  filesHeading: 'Dashboard and alerts',
  files:
    'A Grafana dashboard and alert rules for Prometheus come with Mooring. The chapter “Monitoring” of the documentation has the steps.',
  showFiles: 'Show dashboard and alert rules',
};
