import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { toErrorDto } from '../../../../src/main/base/AppError.ts';
import type { SqlConnection } from '../../../../src/main/connectors/Connection.ts';
import { knownFailures } from '../../../../src/main/connectors/mysql/errors/knownFailures.ts';
import { errorDtoSchema } from '../../../../src/shared/errors/errorDto.ts';
import { failureOf } from '../../../support/failureOf.ts';
import { describeProduct } from '../../../support/mysql/describeProduct.ts';
import { MysqlCluster } from '../../../support/mysql/MysqlCluster.ts';
import type { MysqlProduct } from '../../../support/mysql/serverPrograms.ts';
import { type FailureCase, failureCases, notMade, setUp, tearDown } from './failureCases.ts';
import { ask, openSession, type Server } from './sessionUnderTest.ts';

const database = 'failures_of_statements';
/** As a MySQL has it; MariaDB allows more. */
const strict =
  "SET SESSION sql_mode = 'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_DATE,NO_ENGINE_SUBSTITUTION,ERROR_FOR_DIVISION_BY_ZERO'";

interface ProductServer extends Server {
  readonly socketPath: string;
  dispose?(): Promise<void>;
}

function suite(product: MysqlProduct, start: () => Promise<ProductServer>): void {
  let server: ProductServer;
  let session: SqlConnection;
  let other: SqlConnection;

  const openAt = (name: string | null) =>
    openSession(server, { config: { database: name, socketPath: server.socketPath } });
  const open = async () => {
    const opened = await openAt(database);
    await ask(opened, strict);
    return opened;
  };
  const quietly = async (at: SqlConnection, texts: readonly string[]) => {
    for (const text of texts) await ask(at, text).catch(() => undefined);
  };

  beforeAll(async () => {
    server = await start();
    const administrator = await openAt(null);
    await ask(administrator, `CREATE DATABASE ${database} CHARACTER SET utf8mb4`);
    await administrator.close();
    [session, other] = await Promise.all([open(), open()]);
    for (const text of setUp) await ask(session, text);
  });

  afterAll(async () => {
    await quietly(session, [...tearDown, `DROP DATABASE ${database}`]);
    await Promise.all([session.close(), other.close()]);
    await server.dispose?.();
  });

  /** What a case leaves in its session goes with it. */
  const leavesState = ({ before }: FailureCase) => before !== undefined;

  async function tidy(failureCase: FailureCase): Promise<void> {
    await quietly(other, ['ROLLBACK']);
    if (!leavesState(failureCase)) return;
    await session.close();
    session = await open();
  }

  it.each(failureCases.filter(({ only = product }) => only === product))(
    '$errno is told in its own words ($sql)',
    async (failureCase) => {
      const { before = [], errno, names, other: others = [], sql } = failureCase;
      await quietly(session, before);
      await quietly(other, others);
      const failure = await failureOf(ask(session, sql));
      await tidy(failureCase);
      const known = knownFailures.get(errno);
      expect(failure.driverCode).toMatch(new RegExp(`^${errno}\\b`));
      expect(failure).toMatchObject({ code: known?.code, fixes: known?.fixes });
      expect(failure.message).toContain(names ?? '');
      expect(errorDtoSchema.safeParse(toErrorDto(failure, null)).success).toBe(true);
    },
  );

  it('are more than sixty', () => {
    expect(failureCases.filter(({ only = product }) => only === product).length).toBeGreaterThan(60);
  });
}

describe('failures of statements', () => {
  it('are made here, or said why not', () => {
    const made = [...failureCases.map(({ errno }) => errno), ...Object.keys(notMade).map(Number)];
    expect(made.sort()).toEqual([...new Set(made)].sort());
    expect([...knownFailures.keys()].sort()).toEqual(made.sort());
  });
});

describeProduct('mariadb', () => suite('mariadb', async () => inject('mariadb')));
describeProduct('mysql', () => suite('mysql', () => MysqlCluster.start({ product: 'mysql' })));
