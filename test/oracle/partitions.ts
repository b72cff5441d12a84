import { region } from './world.ts';

/** Partitions whose worlds are tried. Documents are drawn, and the oracle is asked, as in `aws`. */
export const partitions = ['aws', 'aws-cn', 'aws-us-gov'] as const;
export type Partition = (typeof partitions)[number];

const regions: Readonly<Record<Partition, string>> = {
  aws: region,
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
};
/** Of `kms:ViaService`: AWS's documents have it with the names of endpoints there. */
const suffixes: Readonly<Record<Partition, string>> = {
  aws: 'amazonaws.com',
  'aws-cn': 'amazonaws.com.cn',
  'aws-us-gov': 'amazonaws.com',
};

const replaced = <T>(value: T, from: Partition, to: Partition): T =>
  from === to
    ? value
    : JSON.parse(
        JSON.stringify(value)
          .replaceAll(`arn:${from}:`, `arn:${to}:`)
          .replaceAll(`.${regions[from]}.${suffixes[from]}`, `.${regions[to]}.${suffixes[to]}`)
          .replaceAll(`.*.${suffixes[from]}`, `.*.${suffixes[to]}`)
          .replaceAll(regions[from], regions[to]),
      );

/** A world of `aws` as it is in another partition: service principals are the same there. */
export const inPartition = <T>(value: T, partition: Partition): T => replaced(value, 'aws', partition);

/** What is said there, as in `aws`. */
export const fromPartition = <T>(value: T, partition: Partition): T => replaced(value, partition, 'aws');

/** Where the owner's resources are there. */
export const scopeIn = (partition: Partition, accountId: string) => ({
  accountId,
  accountName: 'data',
  region: regions[partition],
  partition,
});
