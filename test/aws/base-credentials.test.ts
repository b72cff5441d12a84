import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { configuredRegion, fetchBaseCredentials } from '../../src/aws/base-credentials.ts';
import { configuredEndpoint } from '../../src/aws/configured-endpoint.ts';
import { createDispatcher } from '../../src/aws/dispatcher.ts';
import { httpHandler } from '../../src/aws/http-handler.ts';
import { regionalEndpoint } from '../../src/aws/regional-endpoint.ts';

const variables = [
  'AWS_PROFILE',
  'AWS_REGION',
  'AWS_DEFAULT_REGION',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_CREDENTIAL_EXPIRATION',
];

let folder: string;
beforeEach(() => {
  // A folder of its own for each test: the SDK remembers what stands in files that it has read.
  folder = mkdtempSync(join(tmpdir(), 'aws-config-'));
  for (const name of variables) vi.stubEnv(name, undefined);
  configure('', '');
});
const closers: (() => unknown)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
  for (const close of closers.splice(0)) await close();
});

/** What AWS's tools have in their two files. */
function configure(config: string, credentials = ''): void {
  for (const [variable, name, text] of [
    ['AWS_CONFIG_FILE', 'config', config],
    ['AWS_SHARED_CREDENTIALS_FILE', 'credentials', credentials],
  ] as const) {
    writeFileSync(join(folder, name), text);
    vi.stubEnv(variable, join(folder, name));
  }
}

/** An STS that gives these credentials to whoever assumes a role, or refuses; and the roles that it was asked for. */
async function sts(refusal: string | null = null) {
  const asked: (string | null)[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    asked.push(new URLSearchParams(body).get('RoleArn'));
    if (refusal !== null) {
      response
        .writeHead(403)
        .end(`<ErrorResponse><Error><Code>${refusal}</Code><Message>no</Message></Error></ErrorResponse>`);
      return;
    }
    response.end(
      '<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>role-secret</SecretAccessKey><SessionToken>role-token</SessionToken><Expiration>2026-11-30T12:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>',
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => server.close());
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** The hosts of the real AWS are none here. */
const nowhere: LookupFunction = (hostname, _options, callback) =>
  callback(Object.assign(new Error(`no ${hostname} here`), { code: 'ENOTFOUND' }), '');

function fetch(profile: string | null, endpoint?: string) {
  const dispatcher = createDispatcher({}, nowhere);
  closers.push(() => dispatcher.destroy());
  const client = { region: 'eu-west-1', requestHandler: httpHandler(dispatcher) };
  return fetchBaseCredentials(profile, endpoint === undefined ? client : { ...client, endpoint });
}

const key = 'aws_access_key_id = AKIABASE\naws_secret_access_key = base-secret\n';
const role = 'arn:aws:iam::111111111111:role/reader';
const roleProfile = `role_arn = ${role}\nsource_profile = base\n`;
const ofRole = {
  accessKeyId: 'ASIAROLE',
  secretAccessKey: 'role-secret',
  sessionToken: 'role-token',
  expiration: new Date('2026-11-30T12:00:00Z'),
};

describe('credentials that roles are assumed with', () => {
  it('are those of the environment, with nothing but what AWS gave', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAENV');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    expect(await fetch(null)).toStrictEqual({ accessKeyId: 'AKIAENV', secretAccessKey: 'secret' });
    vi.stubEnv('AWS_SESSION_TOKEN', 'token');
    vi.stubEnv('AWS_CREDENTIAL_EXPIRATION', '2026-11-30T12:00:00Z');
    expect(await fetch(null)).toStrictEqual({
      accessKeyId: 'AKIAENV',
      secretAccessKey: 'secret',
      sessionToken: 'token',
      expiration: new Date('2026-11-30T12:00:00Z'),
    });
  });

  it.each([
    ['the config file', (own: string) => configure(`[profile base]\n${key}[profile audit]\n${own}`)],
    ['the credentials file', (own: string) => configure('', `[base]\n${key}[audit]\n${own}`)],
  ])(
    "are a role's where the profile of %s names one, asked of the STS that it names",
    async (_file, write) => {
      const { asked, url } = await sts();
      write(`${roleProfile}endpoint_url = ${url}\n`);
      expect(await fetch('audit')).toStrictEqual(ofRole);
      expect(asked).toEqual([role]);
    },
  );

  it('are asked of the address that the spec names, whatever the profile names', async () => {
    const [ofSpec, ofProfile] = [await sts(), await sts()];
    configure(`[profile base]\n${key}[profile audit]\n${roleProfile}endpoint_url = ${ofProfile.url}\n`);
    expect(await fetch('audit', ofSpec.url)).toStrictEqual(ofRole);
    expect([ofSpec.asked, ofProfile.asked]).toEqual([[role], []]);
  });

  it('are unusable, and not without rights, where AWS refuses the role', async () => {
    const { url } = await sts('AccessDenied');
    configure(`[profile base]\n${key}[profile audit]\n${roleProfile}endpoint_url = ${url}\n`);
    await expect(fetch('audit')).rejects.toMatchObject({
      reason: 'credentials_unusable',
      code: 'AccessDenied',
      site: { operation: 'sts:GetCallerIdentity', accountId: null, region: 'eu-west-1' },
    });
  });

  it('are not reached where nobody listens: the network is to blame', async () => {
    configure(`[profile base]\n${key}[profile audit]\n${roleProfile}endpoint_url = http://127.0.0.1:1\n`);
    await expect(fetch('audit')).rejects.toMatchObject({ reason: 'connection', code: 'ECONNREFUSED' });
  });

  it('are none where the profile is none', async () => {
    await expect(fetch('nobody')).rejects.toMatchObject({
      reason: 'credentials_unusable',
      detail: expect.stringContaining('[nobody]'),
    });
  });
});

describe('the region of the environment or a profile', () => {
  const config = '[default]\nregion = eu-north-1\n[profile audit]\nregion = eu-south-1\n';

  it.each<
    [
      AWS_REGION: string | undefined,
      AWS_DEFAULT_REGION: string | undefined,
      profile: string | null,
      region: string,
    ]
  >([
    ['eu-west-1', 'eu-west-2', 'audit', 'eu-west-1'],
    [undefined, 'eu-west-2', 'audit', 'eu-west-2'],
    ['', 'eu-west-2', null, 'eu-west-2'],
    ['', '', 'audit', 'eu-south-1'],
    [undefined, undefined, null, 'eu-north-1'],
  ])('AWS_REGION %o, AWS_DEFAULT_REGION %o, profile %o: %s', async (first, second, profile, region) => {
    configure(config);
    vi.stubEnv('AWS_REGION', first);
    vi.stubEnv('AWS_DEFAULT_REGION', second);
    expect(await configuredRegion(profile)).toBe(region);
  });

  it.each([null, 'base'])('is not known where nobody names one: profile %o', async (profile) => {
    configure(`[profile base]\n${key}`);
    expect(await configuredRegion(profile)).toBeNull();
  });
});

// "Service-specific endpoints" of the AWS SDKs and tools reference guide: which one wins.
describe("the address that is asked in place of AWS's own", () => {
  const config = `
[profile audit]
services = local
endpoint_url = http://profile

[services local]
s3_control =
  endpoint_url = http://section

[profile ignoring]
ignore_configured_endpoint_urls = true
endpoint_url = http://profile

[profile other]
services = nowhere
`;

  it.each<
    [
      what: string,
      environment: Readonly<Record<string, string>>,
      service: string,
      profile: string | null,
      url: string | undefined,
    ]
  >([
    ['nobody names one', {}, 'S3 Control', null, undefined],
    ['a section that is not there', {}, 'S3 Control', 'other', undefined],
    ['the profile names one for all', {}, 'KMS', 'audit', 'http://profile'],
    ['the profile names one for the service', {}, 'S3 Control', 'audit', 'http://section'],
    [
      'the environment names one for all',
      { AWS_ENDPOINT_URL: 'http://all' },
      'S3 Control',
      'audit',
      'http://all',
    ],
    [
      'the environment names one for the service',
      { AWS_ENDPOINT_URL: 'http://all', AWS_ENDPOINT_URL_S3_CONTROL: 'http://one' },
      'S3 Control',
      'audit',
      'http://one',
    ],
    [
      'the environment names one for another service',
      { AWS_ENDPOINT_URL_S3: 'http://one' },
      'S3 Control',
      null,
      undefined,
    ],
    ['they are empty', { AWS_ENDPOINT_URL: '', AWS_ENDPOINT_URL_KMS: '' }, 'KMS', 'audit', 'http://profile'],
    [
      'the environment says to ignore them',
      { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true', AWS_ENDPOINT_URL: 'http://all' },
      'KMS',
      'audit',
      undefined,
    ],
    ['the profile says to ignore them', { AWS_ENDPOINT_URL: 'http://all' }, 'KMS', 'ignoring', undefined],
  ])('%s', async (_what, environment, service, profile, url) => {
    configure(config);
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    expect(await configuredEndpoint(service, profile)).toBe(url);
  });

  it.each([
    ['FIPS', 'AWS_USE_FIPS_ENDPOINT', 'FIPS and custom endpoint are not supported'],
    ['dual stack', 'AWS_USE_DUALSTACK_ENDPOINT', 'Dualstack and custom endpoint are not supported'],
  ])('is not asked by %s: both at once is refused, as the SDK does', async (_what, variable, sentence) => {
    configure(config);
    vi.stubEnv(variable, 'true');
    const kms = { prefix: 'kms', serviceId: 'KMS' };
    await expect(regionalEndpoint(kms, 'eu-west-1', 'audit')).rejects.toThrow(
      `Invalid Configuration: ${sentence}`,
    );
  });
});
