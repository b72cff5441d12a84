import { readFileSync } from 'node:fs';
import type { LookupFunction } from 'node:net';
import { createSecureContext, rootCertificates } from 'node:tls';
import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';
import type { ConnectionOptions } from './connection.ts';
import { AwsError } from './error.ts';
import { HostConnections } from './host-connections.ts';
import { hostNames } from './host-names.ts';
import { IdleConnections } from './idle-connections.ts';
import { resumingSessions } from './tls-sessions.ts';

/**
 * Milliseconds for which a connection that nobody uses stays open. Accounts come back to the hosts of a region every
 * few seconds; S3 closes what is idle for 20 s, other services after 50 s and more, and who sends just then must send
 * again. (What users measured: vector pull request 9703, aws-sdk-go-v2 issue 3423; read 2026-11-29.)
 */
const keepAliveTimeout = 15_000;

/** Milliseconds. AWS answers reads in well under a second; a proxy or a dead connection may never. */
const timeouts = { connect: 10_000, headers: 30_000, body: 30_000 };

let shared: Dispatcher | null = null;

/** The connections of the whole process: keep-alive, proxies and certificates of the environment. */
export function sharedDispatcher(): Dispatcher {
  shared ??= createDispatcher(process.env);
  return shared;
}

/**
 * Connections that honour HTTPS_PROXY, HTTP_PROXY and NO_PROXY (either case) and trust AWS_CA_BUNDLE beside the
 * public authorities. The AWS SDK by itself does neither.
 * @throws AwsError when the bundle cannot be read, or a proxy has no address that can be used
 */
export function createDispatcher(
  environment: NodeJS.ProcessEnv,
  lookup: LookupFunction = hostNames(),
): Dispatcher {
  const certificates = trusted(environment);
  // One for all: reading the public authorities takes 66 ms of CPU, which each connection would pay.
  const trust = certificates === null ? {} : { secureContext: createSecureContext({ ca: certificates }) };
  const tls = { ...trust, lookup, timeout: timeouts.connect };
  const idle = new IdleConnections();
  const direct = {
    connect: resumingSessions(tls),
    // undici gives the options below, and how a connection is opened: straight, or through the proxy.
    factory: (origin: string | URL, options: object) =>
      new HostConnections(origin, options as ConnectionOptions, idle),
    keepAliveTimeout,
    headersTimeout: timeouts.headers,
    bodyTimeout: timeouts.body,
  };
  const httpProxy = proxyAddress('HTTP_PROXY', environment.http_proxy ?? environment.HTTP_PROXY);
  const httpsProxy = proxyAddress('HTTPS_PROXY', environment.https_proxy ?? environment.HTTPS_PROXY);
  if (httpProxy === '' && httpsProxy === '') return new Agent(direct);
  const noProxy = environment.no_proxy ?? environment.NO_PROXY ?? '';
  return new EnvHttpProxyAgent({ ...direct, httpProxy, httpsProxy, noProxy, requestTls: tls, proxyTls: tls });
}

/** As other tools take it: a proxy without a scheme is asked by HTTP. Empty: none. */
function proxyAddress(variable: string, written = ''): string {
  const address = written === '' || written.includes('://') ? written : `http://${written}`;
  if (address === '' || (/^https?:/i.test(address) && URL.canParse(address))) return address;
  // What is written there may hold a password.
  throw unusable('InvalidProxy', `${variable} is no address of a proxy such as http://proxy.example:3128`);
}

/** Null leaves Node's own set in place, which already holds NODE_EXTRA_CA_CERTS; a list of ours replaces both. */
function trusted(environment: NodeJS.ProcessEnv): string[] | null {
  const bundle = environment.AWS_CA_BUNDLE;
  if (bundle === undefined || bundle === '') return null;
  const extra = environment.NODE_EXTRA_CA_CERTS;
  const files = extra === undefined || extra === '' ? [bundle] : [bundle, extra];
  try {
    return [...rootCertificates, ...files.map((file) => readFileSync(file, 'utf8'))];
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'UnreadableCertificates';
    throw unusable(code, `AWS_CA_BUNDLE or NODE_EXTRA_CA_CERTS names a file that cannot be read: ${code}`);
  }
}

/** Whatever is asked first fails so. */
function unusable(code: string, detail: string): AwsError {
  const site = { operation: 'sts:GetCallerIdentity', accountId: null, region: 'global' };
  return new AwsError('connection', code, site, detail);
}
