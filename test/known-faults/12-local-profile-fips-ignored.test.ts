import { afterEach, describe, expect, it, vi } from 'vitest';
import { defaultCredentials } from '../../src/aws/settings.ts';
import { callAll, profile, profiledAws } from './profile-calls.ts';

afterEach(() => vi.unstubAllEnvs());

/** The hosts that a profile with some settings has asked. */
async function hostsOf(way: 'AWS_PROFILE' | 'local_profile', settings: string): Promise<readonly string[]> {
  await using aws = await profiledAws();
  aws.configure(profile('g', settings));
  if (way === 'AWS_PROFILE') vi.stubEnv('AWS_PROFILE', 'g');
  const localProfile = way === 'AWS_PROFILE' ? null : 'g';
  await callAll(aws.simulated.aws, { ...defaultCredentials, localProfile });
  vi.unstubAllEnvs();
  return aws.hosts();
}

// By the SDK's own table Secrets Manager has one host for both.
describe.each<[settings: string, mark: RegExp]>([
  ['use_fips_endpoint = true', /fips/],
  ['use_dualstack_endpoint = true', /\.api\.aws$|dualstack|^secretsmanager\./],
  [
    'use_fips_endpoint = true\nuse_dualstack_endpoint = true',
    /fips.*(?:\.api\.aws$|dualstack)|^secretsmanager-fips\./,
  ],
])('%j', (settings, mark) => {
  it.each(['AWS_PROFILE', 'local_profile'] as const)('of %s holds for every call', async (way) => {
    const hosts = await hostsOf(way, settings);
    expect(hosts.length).toBeGreaterThan(15);
    expect(hosts.filter((host) => !mark.test(host))).toEqual([]);
  });

  it('means the same addresses by either way', async () => {
    expect(await hostsOf('local_profile', settings)).toEqual(await hostsOf('AWS_PROFILE', settings));
  });
});

it('a profile without it asks as ever', async () => {
  const hosts = await hostsOf('local_profile', '');
  for (const service of ['kms', 'sts', 's3', 'ec2', 'organizations'])
    expect(hosts).toContain(`${service}.us-east-1.amazonaws.com`);
});

it('FIPS and an own address exclude each other: the sentence says so', async () => {
  await using aws = await profiledAws();
  aws.configure(profile('g', `use_fips_endpoint = true\nendpoint_url = ${aws.simulated.simulator.url}`));
  const session = await aws.simulated.aws.session({ ...defaultCredentials, localProfile: 'g' });
  await expect(session.identity()).rejects.toMatchObject({
    reason: 'credentials_unusable',
    message: expect.stringContaining(
      'FIPS and custom endpoint are not supported; check the credentials or profile',
    ),
  });
  expect((await callAll(aws.simulated.aws, { ...defaultCredentials, localProfile: 'g' })).get('kms')).toBe(
    'EndpointError',
  );
});
