import { describe, expect, it } from 'vitest';
import { stsRegion } from '../../src/aws/base-credentials.ts';
import { partitionOf, partitionOfRegion } from '../../src/aws/partitions.ts';

describe('partition of a region', () => {
  it.each([
    ['us-east-1', 'aws', 'us-east-1'],
    ['ap-southeast-7', 'aws', 'us-east-1'],
    ['cn-north-1', 'aws-cn', 'cn-northwest-1'],
    ['us-gov-east-1', 'aws-us-gov', 'us-gov-west-1'],
    ['eusc-de-east-1', 'aws-eusc', 'eusc-de-east-1'],
    ['us-iso-west-1', 'aws-iso', 'us-iso-east-1'],
    ['us-isob-east-1', 'aws-iso-b', 'us-isob-east-1'],
    ['eu-isoe-west-1', 'aws-iso-e', 'eu-isoe-west-1'],
    ['us-isof-east-1', 'aws-iso-f', 'us-isof-south-1'],
  ])('%s is in %s, whose organization is asked in %s', (region, id, homeRegion) => {
    expect(partitionOfRegion(region)).toMatchObject({ id, homeRegion });
    expect(partitionOf(id)).toMatchObject({ id, homeRegion });
  });
});

describe('region whose STS is asked', () => {
  const none = { defaultRegion: null, configured: null, hint: null, partitionId: null };
  it.each([
    ['nothing known', none, 'us-east-1'],
    ['default_region', { ...none, defaultRegion: 'eu-west-1', configured: 'us-east-2' }, 'eu-west-1'],
    ['the environment', { ...none, configured: 'eu-central-1' }, 'eu-central-1'],
    [
      'the environment, the same partition as the spec',
      { ...none, configured: 'eu-central-1', hint: 'us-east-1' },
      'eu-central-1',
    ],
    ['the spec names a region that may be disabled', { ...none, hint: 'ap-east-1' }, 'us-east-1'],
    [
      'a stray environment of another partition',
      { ...none, configured: 'us-east-1', hint: 'cn-north-1' },
      'cn-northwest-1',
    ],
    ['GovCloud by the spec', { ...none, hint: 'us-gov-east-1' }, 'us-gov-west-1'],
    ['an emulator of China', { ...none, partitionId: 'aws-cn' }, 'cn-northwest-1'],
  ])('%s', (_case, clues, region) => {
    expect(stsRegion(clues)).toBe(region);
  });
});
