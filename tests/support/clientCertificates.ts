import { execFile } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ClientCertificate } from '../../src/shared/model/tls.ts';
import type { ClusterTls } from './postgresCluster.ts';

const run = promisify(execFile);

/** Files as people have them, in a temporary folder. */
export class CertificateFiles {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async create(): Promise<CertificateFiles> {
    return new CertificateFiles(await mkdtemp(join(tmpdir(), 'mooring-files-')));
  }

  path(name: string): string {
    return join(this.#folder, name);
  }

  /** Writes a file, or another one in its place. */
  async write(name: string, content: string | Buffer): Promise<string> {
    await writeFile(this.path(name), content, { mode: 0o600 });
    return this.path(name);
  }

  /** Certificate and key as PEM, without encryption. */
  async pem(name: string, { certificatePem, keyPem }: ClusterTls): Promise<ClientCertificate> {
    const certificatePath = await this.write(`${name}.crt`, certificatePem);
    return { type: 'pem', certificatePath, keyPath: await this.write(`${name}.key`, keyPem) };
  }

  /** Both in DER. */
  async der(name: string, { certificatePem, keyPem }: ClusterTls): Promise<ClientCertificate> {
    const key = createPrivateKey(keyPem).export({ type: 'pkcs8', format: 'der' });
    const certificatePath = await this.write(`${name}.der`, new X509Certificate(certificatePem).raw);
    return { type: 'pem', certificatePath, keyPath: await this.write(`${name}.pk8`, key) };
  }

  /** With an encrypted key, in the new form or in the old one. */
  async encrypted(
    name: string,
    tls: ClusterTls,
    type: 'pkcs8' | 'pkcs1' | 'sec1',
    passphrase: string,
  ): Promise<ClientCertificate> {
    const encryption = { cipher: 'aes-256-cbc', passphrase } as const;
    const key = createPrivateKey(tls.keyPem).export({ type, format: 'pem', ...encryption });
    return this.pem(name, { ...tls, keyPem: key.toString() });
  }

  async pkcs12(name: string, tls: ClusterTls, passphrase: string): Promise<ClientCertificate> {
    const { certificatePath } = { certificatePath: '', ...(await this.pem(name, tls)) };
    const path = this.path(`${name}.p12`);
    const files = ['-in', certificatePath, '-inkey', this.path(`${name}.key`), '-out', path];
    await run('openssl', ['pkcs12', '-export', ...files, '-passout', `pass:${passphrase}`]);
    return { type: 'pkcs12', path };
  }

  dispose(): Promise<void> {
    return rm(this.#folder, { recursive: true, force: true });
  }
}
