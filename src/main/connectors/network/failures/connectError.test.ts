import { describe, expect, it } from 'vitest';
import { errorDtoSchema } from '../../../../shared/errors/errorDto.ts';
import { cancelledError, toErrorDto } from '../../../base/AppError.ts';
import { connectError, type EngineFailures, type FailedConnect } from './connectError.ts';
import { refuseOtherService } from './unexpectedBytes.ts';
import { WireFailure } from './WireFailure.ts';

const tcp = { host: 'db.example.com', port: 4711 };
const local = { socketPath: '/run/acme.sock' };

const failed = (place: FailedConnect['aim']['place'], secret: string | null = null): FailedConnect => ({
  aim: {
    engine: { label: 'Borg', usualPorts: 'Acme usually uses port 4711', tlsTurnedOff: 'tls = off' },
    place,
    user: 'ann',
    database: null,
    tls: null,
    connectMs: 30_000,
  },
  during: 'during log-in',
  secret,
});

const noneOfItsOwn: EngineFailures = { explain: () => null, wordsOf: () => null };
const errno = (code: string): Error => Object.assign(new Error(`connect ${code}`), { code });

function otherService(): unknown {
  try {
    refuseOtherService(Buffer.from('SSH-2.0-OpenSSH'), { label: 'Borg', otherEngines: [] });
  } catch (error) {
    return error;
  }
  return null;
}

describe('connectError', () => {
  it.each([
    [errno('ECONNREFUSED'), tcp, 'CONNECTION_REFUSED', 'db.example.com, port 4711 was refused'],
    [errno('ENOTFOUND'), tcp, 'HOST_NOT_FOUND', 'db.example.com was not found'],
    [errno('EACCES'), tcp, 'HOST_UNREACHABLE', 'No route to db.example.com'],
    [errno('ERR_SSL_WRONG_VERSION_NUMBER'), tcp, 'TLS_FAILED', 'db.example.com, port 4711 failed'],
    [new WireFailure('tls-not-supported', 'no'), tcp, 'TLS_NOT_SUPPORTED', 'does not offer TLS'],
    [otherService(), tcp, 'PROTOCOL_ERROR', 'is an SSH server, not a Borg server'],
    [new TypeError('out of nowhere'), tcp, 'PROTOCOL_ERROR', 'is not a Borg server'],
    [errno('ENOENT'), local, 'CONNECTION_REFUSED', 'no socket at /run/acme.sock'],
    [errno('EACCES'), local, 'HOST_UNREACHABLE', 'does not let you use the socket /run/acme.sock'],
    [errno('ECONNREFUSED'), local, 'CONNECTION_REFUSED', 'the socket /run/acme.sock was refused'],
    [new WireFailure('closed', 'closed'), local, 'CONNECTION_RESET', 'The socket /run/acme.sock closed'],
  ])('explains %s', (error, place, code, title) => {
    const explained = connectError(error, failed(place), noneOfItsOwn);
    expect(explained).toMatchObject({ code, cause: error });
    expect(explained.message).toContain(title);
    expect(explained.causes).not.toEqual([]);
    expect(explained.fixes).not.toEqual([]);
    expect(errorDtoSchema.safeParse(toErrorDto(explained, null)).success).toBe(true);
  });

  it('speaks neither of ports nor of firewalls where there is only a local socket', () => {
    const { causes, fixes } = connectError(errno('ECONNREFUSED'), failed(local), noneOfItsOwn);
    expect([...causes, ...fixes].join(' ')).not.toMatch(/port|firewall|VPN/);
  });

  it('prefers what the engine knows about the failure', () => {
    const own: EngineFailures = {
      explain: () => () => ({
        code: 'AUTH_FAILED',
        title: 'Wrong password',
        causes: [],
        fixes: [],
        retryable: false,
      }),
      wordsOf: () => 'nope: hunter22',
    };
    const explained = connectError(errno('ECONNREFUSED'), failed(tcp, 'hunter22'), own);
    expect(explained).toMatchObject({ code: 'AUTH_FAILED', detail: 'nope: •••' });
  });

  it('passes our own errors as they are', () => {
    const cancelled = cancelledError();
    expect(connectError(cancelled, failed(tcp), noneOfItsOwn)).toBe(cancelled);
  });
});
