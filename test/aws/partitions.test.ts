import { describe, expect, it } from 'vitest';
import { stsRegion } from '../../src/aws/base-credentials.ts';
import { partitionOf, partitionOfRegion, regionNames } from '../../src/aws/partitions.ts';

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

  // Names that AWS may give to regions later: how they begin tells the partition.
  it.each([
    'ap-cn-1',
    'ca-us-gov-1',
    'il-eusc-1',
    'sa-us-iso-1',
    'sa-us-isob-1',
    'me-eu-isoe-1',
    'sa-us-isof-1',
  ])('is told by how its name begins: %s is in aws', (region) => {
    expect(partitionOfRegion(region).id).toBe('aws');
  });

  // Of botocore's endpoints.json (2026-10-01): those of each partition, the home region first.
  it.each([
    ['aws-cn', ['cn-northwest-1', 'cn-north-1']],
    ['aws-us-gov', ['us-gov-west-1', 'us-gov-east-1']],
    ['aws-eusc', ['eusc-de-east-1']],
    ['aws-iso', ['us-iso-east-1', 'us-iso-west-1']],
    ['aws-iso-b', ['us-isob-east-1']],
    ['aws-iso-e', ['eu-isoe-west-1']],
    ['aws-iso-f', ['us-isof-south-1', 'us-isof-east-1']],
  ])('%s is asked in %j', (id, regions) => {
    const { homeRegion, otherRegions } = partitionOf(id);
    expect([homeRegion, ...otherRegions]).toEqual(regions);
    expect(regions.filter((region) => !regionNames.includes(region))).toEqual([]);
  });

  it('that is not known is asked where aws is, in regions that every account has', () => {
    const { id, homeRegion, otherRegions } = partitionOf('aws-moon');
    expect([id, homeRegion]).toEqual(['aws-moon', 'us-east-1']);
    expect(otherRegions).toEqual([
      'eu-west-1',
      'us-west-2',
      'ap-southeast-1',
      'eu-central-1',
      'ap-northeast-1',
    ]);
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
