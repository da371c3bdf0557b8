import { describe, expect, it } from 'vitest';
import { readQueueAddress } from './queueAddress.ts';

const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

describe('The address of a queue', () => {
  it.each([
    {
      text: 'redis://ann@queue.example:7000/3',
      place: { type: 'redis', host: 'queue.example', port: 7_000, user: 'ann', database: 3, tls: 'off' },
    },
    {
      text: 'rediss://[2001:db8::1]',
      place: { type: 'redis', host: '2001:db8::1', port: 6_379, user: null, database: 0, tls: 'verified' },
    },
    {
      text: 'postgres://a%40b@db/jobs%20queue',
      place: {
        type: 'postgres',
        host: 'db',
        port: 5_432,
        user: 'a@b',
        database: 'jobs queue',
        tls: 'verified',
      },
    },
    {
      text: 'postgresql://ann@db/jobs?sslmode=disable',
      place: { type: 'postgres', host: 'db', port: 5_432, user: 'ann', database: 'jobs', tls: 'off' },
    },
  ])('is read from $text', ({ text, place: { tls, ...place } }) => {
    const protection = tls === 'off' ? { mode: 'off' } : { mode: 'verified', caPem: null };
    expect(readQueueAddress(text, null)).toEqual({ ...place, tls: protection });
  });

  it('has the authorities of a file, where there is TLS', () => {
    expect(readQueueAddress('rediss://queue', pem).tls).toEqual({ mode: 'verified', caPem: pem });
    expect(() => readQueueAddress('redis://queue', pem)).toThrow('without TLS');
    expect(() => readQueueAddress('rediss://queue', 'no pem')).toThrow('--ca-file');
  });

  it.each([
    { text: 'queue.example:6379', problem: 'begins with' },
    { text: 'http://queue.example', problem: 'begins with' },
    { text: 'redis://', problem: 'host' },
    { text: 'redis://queue/jobs', problem: 'database' },
    { text: 'redis://queue/0?tls=no', problem: 'the only parameter' },
    { text: 'postgres://db/jobs', problem: 'user' },
    { text: 'postgres://ann@db', problem: 'database' },
    { text: 'postgres://ann@db/jobs?sslmode=prefer', problem: 'sslmode' },
    { text: 'postgres://ann@db/jobs?sslmode=disable&sslmode=verify-full', problem: 'the only parameter' },
    { text: 'redis://:canary@queue', problem: '--queue-password-file' },
  ])('that cannot be one is refused with what is wrong, and never shown: $text', ({ text, problem }) => {
    expect(() => readQueueAddress(text, null)).toThrow(problem);
    expect(() => readQueueAddress(text, null)).toThrow(/^(?!.*canary)/);
  });
});
