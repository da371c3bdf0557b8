import { describe, expect, it } from 'vitest';
import { startFailure } from './startServer.ts';

describe('startFailure', () => {
  it('tries another port when the server could not listen on this one', () => {
    const log =
      'LOG:  could not bind IPv4 address "127.0.0.1": Address already in use\nFATAL:  could not create any TCP/IP sockets\n';
    expect(startFailure(log)).toBe('port-taken');
  });

  it('tries again while sessions of a killed server hold its memory', () => {
    const log = 'FATAL:  pre-existing shared memory block (key 2408491, ID 458775) is still in use\n';
    expect(startFailure(log)).toBe('files-in-use');
  });

  it('does not try again when the files are damaged', () => {
    expect(startFailure('PANIC:  could not read file "global/pg_control": read 7 of 296\n')).toBe('other');
  });
});
