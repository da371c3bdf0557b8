import { afterEach, describe, expect, it } from 'vitest';
import type { AppError } from '../../../../src/main/base/AppError.ts';
import { neverAborted } from '../../../../src/main/base/abort.ts';
import { failureOf } from '../../../support/failureOf.ts';
import * as fake from '../../../support/fakePostgres.ts';
import { fieldsFor } from '../../../support/postgresClusterFields.ts';
import { openSession } from '../../../support/postgresClusterSession.ts';

/**
 * A scripted server, because the embedded one comes without translations. The texts and fields are those of
 * PostgreSQL 16 with lc_messages = 'de_DE.UTF-8'.
 */
let server: fake.FakePostgres;

afterEach(() => server.dispose());

/** ErrorResponse as PostgreSQL writes it: the severity translated in S, in English in V. */
function complaint(severity: 'FATAL' | 'ERROR', code: string, text: string, routine: string): Buffer {
  const translated = severity === 'ERROR' ? 'FEHLER' : 'FATAL';
  const fields = fake.texts(`S${translated}`, `V${severity}`, `C${code}`, `M${text}`, `R${routine}`);
  return fake.message('E', Buffer.concat([fields, Buffer.alloc(1)]));
}

const start = async (script: (peer: fake.FakePeer) => Promise<void>) => {
  server = await fake.FakePostgres.start(script);
  return fieldsFor(server, { user: 'anna' });
};

/** How a log-in ends when the server refuses it like this. */
async function refusedWith(answer: Buffer): Promise<AppError> {
  const fields = await start(async (peer) => {
    await peer.untilStartup();
    peer.send(answer);
    peer.socket.end();
  });
  return failureOf(openSession(fields, { password: 'geheim' }));
}

/** How a statement ends when the server answers it like this. */
async function statementAnsweredWith(...answer: Buffer[]): Promise<AppError> {
  const fields = await start(async (peer) => {
    await peer.untilStartup();
    peer.send(fake.welcome);
    await peer.untilReceived(peer.received.length + 1);
    peer.send(...answer);
  });
  const session = await openSession(fields);
  const failure = await failureOf(session.query({ text: 'SELECT pg_sleep(60)' }, { signal: neverAborted }));
  session.destroy();
  return failure;
}

describe('a log-in at a server with German messages', () => {
  it('says that there may be no such user', async () => {
    const failure = await refusedWith(
      complaint('FATAL', '28000', 'Rolle »anna« existiert nicht', 'InitializeSessionUserId'),
    );
    expect(failure).toMatchObject({ code: 'LOGIN_NOT_PERMITTED', retryable: false });
    expect(failure.causes.join(' ')).toContain('There is no user anna');
  });

  it('says that the password is wrong', async () => {
    const failure = await refusedWith(
      complaint(
        'FATAL',
        '28P01',
        'Passwort-Authentifizierung für Benutzer »anna« fehlgeschlagen',
        'auth_failed',
      ),
    );
    expect(failure).toMatchObject({ code: 'AUTH_FAILED', retryable: false });
  });

  it('says that a client certificate is missing', async () => {
    const failure = await refusedWith(
      complaint(
        'FATAL',
        '28000',
        'Verbindung erfordert ein gültiges Client-Zertifikat',
        'ClientAuthentication',
      ),
    );
    expect(failure.code).toBe('TLS_CLIENT_CERTIFICATE_REQUIRED');
  });

  it.each([
    'das Datenbanksystem fährt herunter',
    'das Datenbanksystem startet',
    'das Datenbanksystem ist im Wiederherstellungsmodus',
  ])('may succeed later when it answers: %s', async (text) => {
    const failure = await refusedWith(complaint('FATAL', '57P03', text, 'ProcessStartupPacket'));
    expect(failure).toMatchObject({ code: 'SERVER_STARTING', detail: text, retryable: true });
    expect(failure.causes).toContain('It is shutting down.');
  });

  it('says that the server is shutting down when that ends the log-in', async () => {
    const text = 'breche Verbindung ab aufgrund von Anweisung des Administrators';
    const failure = await refusedWith(complaint('FATAL', '57P01', text, 'ProcessInterrupts'));
    expect(failure).toMatchObject({ code: 'SERVER_SHUTTING_DOWN', retryable: true });
  });
});

describe('a statement at a server with German messages', () => {
  const cancelled = complaint(
    'ERROR',
    '57014',
    'storniere Anfrage wegen Benutzeraufforderung',
    'ProcessInterrupts',
  );

  it('that somebody cancels with pg_cancel_backend is cancelled, not late', async () => {
    const failure = await statementAnsweredWith(cancelled, fake.readyForQuery);
    expect(failure).toMatchObject({ code: 'QUERY_CANCELLED', driverCode: '57014' });
    expect(failure.message).toContain('on the server');
  });

  it('that its caller cancels is told apart from that', async () => {
    const controller = new AbortController();
    const fields = await start(async (peer) => {
      await peer.untilReceived(8);
      // A CancelRequest is 16 bytes long, and comes on a connection of its own.
      if (peer.received.readInt32BE(0) === 16) {
        server.peers[0]?.send(cancelled, fake.readyForQuery);
        peer.socket.end();
        return;
      }
      await peer.untilStartup();
      peer.send(fake.welcome);
      await peer.untilReceived(peer.received.length + 1);
      controller.abort();
    });
    const session = await openSession(fields);
    const failure = await failureOf(session.query({ text: 'SELECT pg_sleep(60)' }, controller));
    expect(failure).toMatchObject({ code: 'QUERY_CANCELLED', message: 'The statement was cancelled' });
    expect(session.isUsable).toBe(true);
    session.destroy();
  });

  it('that a shutdown ends has lost its connection', async () => {
    const text = 'breche Verbindung ab aufgrund von Anweisung des Administrators';
    const failure = await statementAnsweredWith(complaint('FATAL', '57P01', text, 'ProcessInterrupts'));
    expect(failure).toMatchObject({ code: 'CONNECTION_LOST', driverCode: '57P01' });
  });
});
