import { describe, expect, it } from 'vitest';
import { serverUrl } from './serverUrl.ts';

const server = {
  url: 'https://{region}.ex.test:{port}/{base}',
  defaultUrl: 'https://eu.ex.test:8443/v2',
  description: '',
  variables: [
    { name: 'region', value: 'eu', choices: ['eu', 'us'] },
    { name: 'port', value: '8443', choices: [] },
    { name: 'base', value: 'v2', choices: [] },
  ],
};

describe('serverUrl', () => {
  it('has the defaults of the variables', () => {
    expect(serverUrl(server, {})).toBe(server.defaultUrl);
  });

  it('has what was chosen instead', () => {
    expect(serverUrl(server, { region: 'us', base: '$&' })).toBe('https://us.ex.test:8443/$&');
  });
});
