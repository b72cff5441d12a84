import { afterEach, describe, expect, it, vi } from 'vitest';
import { type CredentialSource, defaultCredentials } from '../../src/aws/settings.ts';
import { callAll, type ProfiledAws, profile, profiledAws } from './profile-calls.ts';

afterEach(() => vi.unstubAllEnvs());

/** How a profile comes to be used: by the environment, or by the spec. */
const ways: readonly [way: string, use: () => CredentialSource][] = [
  [
    'AWS_PROFILE',
    () => {
      vi.stubEnv('AWS_PROFILE', 'q');
      return defaultCredentials;
    },
  ],
  ['local_profile', () => ({ ...defaultCredentials, localProfile: 'q' })],
];

/** Kept from a sync of its own: which services failed, and what they asked of the real AWS. */
async function called({ simulated, hosts }: ProfiledAws, source: CredentialSource) {
  const failed = await callAll(simulated.aws, source);
  return { failed: [...failed.keys()], hosts: hosts() };
}
const everythingServed = { failed: [], hosts: [] };

describe.each(ways)('a profile by %s', (_way, use) => {
  it('has all services at one address: every call goes there', async () => {
    await using aws = await profiledAws();
    aws.configure(profile('q', `endpoint_url = ${aws.simulated.simulator.url}`));
    expect(await called(aws, use())).toEqual(everythingServed);
  });

  it('has KMS alone at another address: only KMS goes there', async () => {
    await using aws = await profiledAws();
    const { url } = aws.simulated.simulator;
    aws.configure(`${profile('q', 'services = lab')}[services lab]\nkms =\n  endpoint_url = ${url}\n`);
    const { failed, hosts } = await called(aws, use());
    expect(failed).not.toContain('kms');
    expect(failed).toContain('sts');
    expect(hosts).toContain('sts.us-east-1.amazonaws.com');
    expect(hosts.filter((host) => host.startsWith('kms'))).toEqual([]);
  });

  it('gives a service its own address before that of all', async () => {
    await using aws = await profiledAws();
    const { url } = aws.simulated.simulator;
    const settings = `services = lab\nendpoint_url = ${url}`;
    const other = 's3_control =\n  endpoint_url = https://control.example\n';
    aws.configure(`${profile('q', settings)}[services lab]\n${other}`);
    const { failed, hosts } = await called(aws, use());
    // Grants are of S3 Control, too.
    const ofControl = ['s3 control', expect.stringMatching(/^s3-access-grants /)];
    expect({ failed, hosts }).toEqual({ failed: ofControl, hosts: ['100000000001.control.example'] });
  });

  it('has its addresses ignored where that is asked for', async () => {
    await using aws = await profiledAws();
    aws.configure(profile('q', `endpoint_url = ${aws.simulated.simulator.url}`));
    vi.stubEnv('AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', 'true');
    const { hosts } = await called(aws, use());
    expect(hosts).toContain('kms.us-east-1.amazonaws.com');
    expect(aws.simulated.simulator.requests.count({})).toBe(0);
  });

  it.each(['AWS_ENDPOINT_URL_KMS', 'AWS_ENDPOINT_URL'])('gives way to %s', async (variable) => {
    await using aws = await profiledAws();
    aws.configure(profile('q', 'endpoint_url = https://profile.example'));
    vi.stubEnv(variable, aws.simulated.simulator.url);
    const { failed, hosts } = await called(aws, use());
    if (variable === 'AWS_ENDPOINT_URL') expect({ failed, hosts }).toEqual(everythingServed);
    else expect(failed).not.toContain('kms');
  });

  it('gives way to the address of the spec', async () => {
    await using real = await profiledAws();
    const { url } = real.simulated.simulator;
    const customEndpoint = { url, partitionId: null, signingRegion: null, hostnameImmutable: true };
    await using aws = await profiledAws({ customEndpoint });
    aws.configure(
      profile(
        'q',
        'endpoint_url = https://profile.example\nuse_fips_endpoint = true\nuse_dualstack_endpoint = true',
      ),
    );
    expect(await called(aws, use())).toEqual(everythingServed);
  });

  it('has its role assumed at its own address', async () => {
    await using aws = await profiledAws();
    const { url } = aws.simulated.simulator;
    aws.configure(
      `${profile('base', '')}[profile q]\nrole_arn = arn:aws:iam::100000000001:role/none\nsource_profile = base\nendpoint_url = ${url}\n`,
    );
    const failed = await callAll(aws.simulated.aws, use());
    expect(new Set(failed.values())).toEqual(new Set(['AccessDenied']));
    expect(aws.hosts()).toEqual([]);
    expect(aws.simulated.simulator.requests.count({ operation: 'sts:AssumeRole' })).toBeGreaterThan(0);
  });
});

it('two profiles of one sync keep their addresses apart', async () => {
  await using aws = await profiledAws();
  const { url } = aws.simulated.simulator;
  aws.configure(profile('here', `endpoint_url = ${url}`) + profile('there', ''));
  const as = (localProfile: string) => callAll(aws.simulated.aws, { ...defaultCredentials, localProfile });
  expect((await as('there')).get('kms')).toBe('PROXY_REFUSED');
  expect((await as('here')).get('kms')).toBeUndefined();
});
