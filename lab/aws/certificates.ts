import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const openssl = (given: readonly string[]) => run('openssl', given);

/** PEM files. */
export interface Certificates {
  /** What a client must trust: `AWS_CA_BUNDLE`. */
  readonly authority: string;
  readonly key: string;
  readonly certificate: string;
}

/** RSA 2048, as AWS's endpoints have it; a day is enough. */
const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1'];

/**
 * An authority of its own and a certificate of it for some host names (`*.us-east-1.amazonaws.com`), made by `openssl`
 * 3 and gone when the work is done.
 */
export async function withCertificates<T>(
  names: readonly string[],
  work: (certificates: Certificates) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-tls-'));
  const file = (name: string) => join(folder, name);
  const authority = file('authority.pem');
  const key = file('key.pem');
  const certificate = file('certificate.pem');
  const authorityKey = file('authority-key.pem');
  const alternatives = names.map((name) => `DNS:${name}`).join(',');
  try {
    await openssl([...request, '-subj', '/CN=bench', '-keyout', authorityKey, '-out', authority]);
    await openssl([
      ...[...request, '-subj', '/CN=simulated AWS', '-keyout', key, '-out', certificate],
      ...['-CA', authority, '-CAkey', authorityKey],
      ...['-addext', 'basicConstraints=critical,CA:FALSE', '-addext', `subjectAltName=${alternatives}`],
    ]);
    return await work({ authority, key, certificate });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
