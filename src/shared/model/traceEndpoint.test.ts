import { describe, expect, it } from 'vitest';
import { isLoopback, tracesUrlOf } from './traceEndpoint.ts';

describe('the endpoint of a collector', () => {
  it.each([
    ['http://127.0.0.1:4318', 'http://127.0.0.1:4318/v1/traces'],
    ['http://localhost:4318/', 'http://localhost:4318/v1/traces'],
    ['http://[::1]:4318', 'http://[::1]:4318/v1/traces'],
    ['https://collector.example', 'https://collector.example/v1/traces'],
    ['https://collector.example/otlp/v1/traces', 'https://collector.example/otlp/v1/traces'],
    ['HTTPS://Collector.Example:8443', 'https://collector.example:8443/v1/traces'],
    // Numbers are an address; the socket goes where the browser of this text would.
    ['http://2130706433:4318', 'http://127.0.0.1:4318/v1/traces'],
  ])('is %s', (text, url) => {
    expect(tracesUrlOf(text)?.href).toBe(url);
  });

  it.each([
    ['nothing', ''],
    ['a name without a scheme', 'collector.example:4318'],
    ['another scheme', 'ftp://127.0.0.1'],
    ['a file', 'file:///etc/passwd'],
    ['a script', 'javascript:alert(1)'],
    ['http to another computer', 'http://collector.example:4318'],
    ['a name that begins like this computer', 'http://127.0.0.1.evil.example'],
    ['this computer as a user of another one', 'http://127.0.0.1:4318@evil.example'],
    ['a password', 'https://user:secret@collector.example'],
    ['a key in a query', 'https://collector.example/?key=secret'],
    ['a fragment', 'https://collector.example/#there'],
    ['a backslash, which browsers read as a slash', 'http://127.0.0.1\\@evil.example'],
    ['every interface', 'http://0.0.0.0:4318'],
    ['a line break', 'https://collector.example/\r\nHost: evil.example'],
    ['a blank', 'https://collector.example/ x'],
    ['letters that only look like others', 'https://сollector.example'],
    ['no host', 'https:///v1/traces'],
    ['a port that is none', 'https://collector.example:99999'],
  ])('is not %s', (_, text) => {
    expect(tracesUrlOf(text)).toBeNull();
  });

  it('is on this computer or not', () => {
    expect(isLoopback(new URL('http://localhost:4318'))).toBe(true);
    expect(isLoopback(new URL('https://localhost.evil.example'))).toBe(false);
  });
});
