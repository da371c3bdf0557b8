import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConnectionText } from '../../../../src/shared/engines/codecs.ts';
import { failureOf } from '../../../support/failureOf.ts';
import { PostgresCluster } from '../../../support/postgresCluster.ts';
import { fieldsFor } from '../../../support/postgresClusterFields.ts';
import { openSession } from '../../../support/postgresClusterSession.ts';

let cluster: PostgresCluster;

beforeAll(async () => {
  cluster = await PostgresCluster.start({
    hba: ['host all hashed 127.0.0.1/32 md5'],
    sql: ['CREATE ROLE ann LOGIN', 'CREATE ROLE hashed LOGIN'],
  });
});

afterAll(() => cluster.dispose());

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const as = (user: string) => fieldsFor({ ...cluster, host: cluster.host, port: cluster.port, user });

/** The server makes the verifier from the plain text, as it does for everybody. */
async function setPassword(role: string, password: string, settings = ''): Promise<void> {
  await cluster.execute(`${settings}ALTER ROLE ${role} PASSWORD ${quoted(password)}`);
}

describe('a SCRAM password', () => {
  it.each([
    ['an emoji with a joiner', '👩‍💻secret'],
    ['an emoji with a variation selector', '🛡️pw'],
    ['a superscript beside an emoji', 'x²🙂'],
    ['a ligature beside an emoji', 'ﬁ🙂'],
    ['a circled digit beside an emoji', '①🚀'],
    ['a fraction', '½pw'],
    ['a no-break space', 'pass\u00a0word'],
    ['a decomposed letter', 'cafe\u0301'],
    ['letters from right to left before digits', 'סיסמה123'],
    ['letters from right to left', 'סיסמה'],
    ['both directions', 'aסb²'],
    ['an emoji', '🔑pw'],
    ['a control character', 'a\u0007b²'],
    ['a private-use character', '\ue000²'],
    ['a zero-width space', 'a\u200bb²'],
    ['nothing but a soft hyphen', '\u00ad'],
    ['a character of Unicode 15', '🪿²'],
    ['a compatibility ideograph', '豈²'],
    ['a composed Hangul syllable', '각ㅏ²'],
  ])('with %s logs in as with psql', async (_what, password) => {
    await setPassword('ann', password);
    const session = await openSession(as('ann'), { password });
    await session.close();
  });

  it('whose characters only look the same is refused', async () => {
    await setPassword('ann', 'x²🙂');
    expect((await failureOf(openSession(as('ann'), { password: 'x2🙂' }))).code).toBe('AUTH_FAILED');
  });

  it.each([4_096, 210_000, 600_000])('with %i iterations logs in', async (iterations) => {
    await setPassword('ann', 'pw', `SET scram_iterations = ${iterations}; `);
    const session = await openSession(as('ann'), { password: 'pw' });
    await session.close();
  });

  it('with fewer iterations than are safe is refused', async () => {
    await setPassword('ann', 'pw', 'SET scram_iterations = 4095; ');
    expect(await failureOf(openSession(as('ann'), { password: 'pw' }))).toMatchObject({
      code: 'AUTH_METHOD_REFUSED',
      detail: 'The server asks for 4,095 SCRAM iterations; fewer than 4,096 are not safe.',
    });
  });

  it.each([1_500, 8_000])('of %i characters logs in, typed and in a URL', async (length) => {
    const password = 'eyJ0eXAiOiJKV1Qi.'.repeat(500).slice(0, length);
    await setPassword('ann', password);
    const { host, port } = cluster;
    const read = readConnectionText(`postgresql://ann:${password}@${host}:${port}/postgres`);
    for (const given of [password, read.ok ? (read.secrets.password ?? null) : null]) {
      const session = await openSession(as('ann'), { password: given });
      await session.close();
    }
  });
});

describe('an MD5 password', () => {
  it('logs in with letters that SCRAM would prepare', async () => {
    await setPassword('hashed', 'x²🙂', "SET password_encryption = 'md5'; ");
    const session = await openSession(as('hashed'), { password: 'x²🙂' });
    await session.close();
  });
});
