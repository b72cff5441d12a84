/** One AWS partition: its regions, names and credentials are apart from all others. */
export interface Partition {
  /** As ARNs write it. */
  readonly id: string;
  /** Where Organizations, Account Management and STS are asked when no region is named. */
  readonly homeRegion: string;
  /** Some that every account has without opting in, for when the home region is forbidden. */
  readonly otherRegions: readonly string[];
  readonly regions: RegExp;
}

/**
 * AWS's partitions (botocore endpoints.json, 2026-10-01). The home region is where the partition's Organizations
 * endpoint lives; for `aws-eusc` and the isolated partitions AWS publishes no entry, and their only or first
 * region is taken.
 */
const partitions: readonly Partition[] = [
  { id: 'aws-cn', homeRegion: 'cn-northwest-1', otherRegions: ['cn-north-1'], regions: /^cn-/ },
  { id: 'aws-us-gov', homeRegion: 'us-gov-west-1', otherRegions: ['us-gov-east-1'], regions: /^us-gov-/ },
  { id: 'aws-eusc', homeRegion: 'eusc-de-east-1', otherRegions: [], regions: /^eusc-/ },
  { id: 'aws-iso', homeRegion: 'us-iso-east-1', otherRegions: ['us-iso-west-1'], regions: /^us-iso-/ },
  { id: 'aws-iso-b', homeRegion: 'us-isob-east-1', otherRegions: [], regions: /^us-isob-/ },
  { id: 'aws-iso-e', homeRegion: 'eu-isoe-west-1', otherRegions: [], regions: /^eu-isoe-/ },
  { id: 'aws-iso-f', homeRegion: 'us-isof-south-1', otherRegions: ['us-isof-east-1'], regions: /^us-isof-/ },
];
const commercial: Partition = {
  id: 'aws',
  homeRegion: 'us-east-1',
  // One for each part of the world first.
  otherRegions: ['eu-west-1', 'us-west-2', 'ap-southeast-1', 'eu-central-1', 'ap-northeast-1'],
  regions: /^/,
};

/** Names that AWS has given to regions, of all partitions (botocore endpoints.json, 2026-10-01). New ones come. */
export const regionNames: readonly string[] = [
  'us-east-1 us-east-2 us-west-1 us-west-2 ca-central-1 ca-west-1 mx-central-1 sa-east-1',
  'eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3',
  'af-south-1 il-central-1 me-central-1 me-south-1',
  'ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2',
  'ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7',
  'cn-north-1 cn-northwest-1 us-gov-east-1 us-gov-west-1 eusc-de-east-1',
  'us-iso-east-1 us-iso-west-1 us-isob-east-1 us-isob-west-1 eu-isoe-west-1 us-isof-east-1 us-isof-south-1',
].flatMap((line) => line.split(' '));

/** By id; one that is not known here is treated like `aws`, under its own name. */
export function partitionOf(id: string): Partition {
  return partitions.find((partition) => partition.id === id) ?? { ...commercial, id };
}

export function partitionOfRegion(region: string): Partition {
  return partitions.find((partition) => partition.regions.test(region)) ?? commercial;
}
