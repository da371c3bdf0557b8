import type { ConnectionTextCodec } from '../../../connectionText/ConnectionTextCodec.ts';
import type { RestConfig } from '../config.ts';

export const restCodec: ConnectionTextCodec<RestConfig> = {
  example: 'https://api.example.com/v1',
  spellings: [],
  urlOf: ({ baseUrl }) => baseUrl,
};
