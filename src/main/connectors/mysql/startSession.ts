import type { Duplex } from 'node:stream';
import { abortReason, onAbort } from '../../base/abort.ts';
import { WireFailure } from '../network/failures/WireFailure.ts';
import type { ReadingTurn } from '../network/limits/ReadingTurn.ts';
import type { MysqlLoginMethod, Wire } from './login/authenticationPolicy.ts';
import type { Greeting } from './login/greeting.ts';
import { type Admission, LogIn } from './login/LogIn.ts';
import type { LoginRequest } from './login/loginPackets.ts';
import { type Capabilities, capability } from './protocol/capabilities.ts';
import { queryCommand } from './protocol/commandPackets.ts';
import { PacketConnection } from './protocol/PacketConnection.ts';
import { malformed } from './protocol/PacketCursor.ts';
import { AnswerReader, type AnswerSink } from './statements/AnswerReader.ts';
import { RowDecoder } from './values/RowDecoder.ts';

/** A session that the server is ready to take statements on. */
export interface Session {
  readonly connection: PacketConnection;
  readonly answers: AnswerReader;
  /** What the statements that set it up have returned so far. */
  readonly values: readonly (string | null)[];
}

/** A handful is asked for. */
const maxSetUpValues = 100;

/** A wire on which the server has greeted, and TLS is done where it is wanted. */
export interface GreetedWire {
  readonly stream: Duplex;
  readonly greeting: Greeting;
  readonly capabilities: Capabilities;
  readonly protection: Wire;
  /** Of the next packet. */
  readonly sequence: number;
}

export interface SessionRequest {
  readonly login: LoginRequest;
  /** Gives the password when, and only when, it is needed; null when there is none. */
  readonly password: () => Promise<string | null>;
  /** Of earlier log-ins. */
  readonly strongest: MysqlLoginMethod | null;
  readonly turn: ReadingTurn;
  /** Statements that set up the session; when one fails, the session does. */
  readonly setUp: readonly string[];
  /**
   * Whether the session is given out only when they are answered. Without, it saves a round trip: what is sent next is run
   * after them all the same.
   */
  readonly waitsForSetUp: boolean;
  /** All statements of the set-up have succeeded. */
  readonly onSetUp: () => void;
  /** The server has let us in; the set-up follows. */
  readonly onAdmitted: (admission: Admission) => void;
}

/**
 * Logs in and sets up the session.
 * @throws ServerError, LogInFailure, WireFailure, errno, what the request's `password` throws, or the abort's reason; the
 * wire is closed then
 */
export async function startSession(
  wire: GreetedWire,
  request: SessionRequest,
  signal: AbortSignal,
): Promise<Session> {
  try {
    return await logIn(wire, request, signal);
  } catch (error) {
    wire.stream.destroy();
    throw error;
  }
}

function logIn(wire: GreetedWire, request: SessionRequest, signal: AbortSignal): Promise<Session> {
  const { stream, capabilities } = wire;
  return new Promise((resolve, reject) => {
    const login = new LogIn({
      greeting: wire.greeting,
      capabilities,
      request: request.login,
      wire: wire.protection,
      password: request.password,
      strongest: request.strongest,
      send: (payload) => connection.sendNext(payload),
      onAdmitted: (admission) => {
        request.onAdmitted(admission);
        const { answers, values } = setUp(connection, capabilities, admission, request);
        const ready = () => {
          listening.dispose();
          connection.off('error', reject).off('end', onEnd);
          resolve({ connection, answers, values });
        };
        if (request.waitsForSetUp) answers.onAnswered(ready);
        else ready();
      },
      onFailure: (error) => connection.fail(error),
    });
    const connection = new PacketConnection(stream, login, request.turn, wire.sequence);
    const onEnd = () =>
      reject(new WireFailure('closed', 'The server closed the connection without an error message.'));
    connection.on('error', reject).on('end', onEnd);
    const listening = onAbort(signal, () => {
      stream.destroy();
      reject(abortReason(signal));
    });
    login.start();
    // A socket that closed before anybody listened says no more.
    if (stream.destroyed) onEnd();
  });
}

interface SetUp {
  readonly answers: AnswerReader;
  /** What the statements returned. */
  readonly values: readonly (string | null)[];
}

function setUp(
  connection: PacketConnection,
  capabilities: Capabilities,
  { completion }: Admission,
  { setUp: statements, onSetUp }: SessionRequest,
): SetUp {
  const answers = new AnswerReader(capabilities, completion.status, (sequence) =>
    connection.expect(sequence),
  );
  connection.handOver(answers, (capabilities.flags & capability.compress) !== 0);
  const values: (string | null)[] = [];
  let decoder = new RowDecoder([]);
  let missingCount = statements.length;
  const sink: AnswerSink = {
    describe: (columns) => {
      decoder = new RowDecoder(columns);
    },
    row: (bytes, start, end) => {
      values.push(...decoder.read(bytes, start, end));
      if (values.length > maxSetUpValues) throw malformed();
    },
    complete: () => {
      missingCount -= 1;
      if (missingCount === 0) onSetUp();
    },
    fail: (error) => connection.fail(error),
  };
  const commands = statements.map(queryCommand);
  answers.expect(commands.map(({ answerSequence }) => ({ sequence: answerSequence, sink })));
  connection.send(commands.map(({ packets }) => packets));
  return { answers, values };
}
