import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ClusterTls } from './postgresCluster.ts';

const run = promisify(execFile);

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
const newRsaKey = ['-newkey', 'rsa:2048', '-nodes'];

const signingConfiguration = `
[ca]
default_ca = authority
[authority]
database = index.txt
serial = serial
new_certs_dir = .
default_md = sha256
policy = any
copy_extensions = copy
unique_subject = no
[any]
commonName = supplied
`;

export interface CertificateRequest {
  /** As openssl writes them: `DNS:localhost`, `IP:127.0.0.1`. With none there is no subject alternative name. */
  readonly names: readonly string[];
  /** Default: `test server`. */
  readonly commonName?: string;
  /** Default: an elliptic curve. */
  readonly key?: 'ec' | 'rsa';
  readonly validFrom?: Date;
  readonly validTo?: Date;
}

/** A certificate authority of a test, made with openssl in a temporary folder. */
export class TestAuthority {
  readonly certificatePem: string;
  readonly #folder: string;

  private constructor(folder: string, certificatePem: string) {
    this.#folder = folder;
    this.certificatePem = certificatePem;
  }

  static async create(name = 'Mooring test authority'): Promise<TestAuthority> {
    const folder = await mkdtemp(join(tmpdir(), 'mooring-authority-'));
    const files = ['-keyout', 'ca.key', '-out', 'ca.crt'];
    await run('openssl', ['req', '-x509', ...newKey, ...files, '-subj', `/CN=${name}`, '-days', '2'], {
      cwd: folder,
    });
    await writeFile(join(folder, 'ca.cnf'), signingConfiguration);
    await writeFile(join(folder, 'index.txt'), '');
    await writeFile(join(folder, 'serial'), '01');
    return new TestAuthority(folder, await readFile(join(folder, 'ca.crt'), 'utf8'));
  }

  /** A server certificate that this authority signed, with its key. */
  async issue({
    names,
    commonName = 'test server',
    key = 'ec',
    validFrom,
    validTo,
  }: CertificateRequest): Promise<ClusterTls> {
    const day = 86_400_000;
    const from = opensslTime(validFrom ?? new Date(Date.now() - day));
    const to = opensslTime(validTo ?? new Date(Date.now() + day));
    const request = ['-keyout', 'server.key', '-out', 'server.csr', '-subj', `/CN=${commonName}`];
    const extension = names.length === 0 ? [] : ['-addext', `subjectAltName=${names.join(',')}`];
    await run('openssl', ['req', ...(key === 'ec' ? newKey : newRsaKey), ...request, ...extension], {
      cwd: this.#folder,
    });
    const signing = ['-config', 'ca.cnf', '-in', 'server.csr', '-cert', 'ca.crt', '-keyfile', 'ca.key'];
    const dates = ['-startdate', from, '-enddate', to];
    await run('openssl', ['ca', '-batch', '-notext', ...signing, ...dates, '-out', 'server.crt'], {
      cwd: this.#folder,
    });
    return {
      certificatePem: await readFile(join(this.#folder, 'server.crt'), 'utf8'),
      keyPem: await readFile(join(this.#folder, 'server.key'), 'utf8'),
      authorityPem: this.certificatePem,
    };
  }

  dispose(): Promise<void> {
    return rm(this.#folder, { recursive: true, force: true });
  }
}

/** `20260131120000Z` */
function opensslTime(date: Date): string {
  return `${date.toISOString().replace(/\D/g, '').slice(0, 14)}Z`;
}
