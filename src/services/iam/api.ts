import { awsQuery } from '../../aws/query-protocols.ts';
import type { GlobalAddress } from '../../aws/regional-endpoint.ts';

/** A partition whose ordinary address, and with `isFipsThere` the FIPS one, carries the name of its first region. */
const named = (signingRegion: string, isFipsThere = false): GlobalAddress => ({
  signingRegion,
  hosts: [`iam.${signingRegion}`, isFipsThere ? `iam-fips.${signingRegion}` : 'iam-fips', 'iam', 'iam-fips'],
});

/** By the endpoint rules of AWS's SDKs (IAM, read 2026-11-29). */
const addresses: Readonly<Record<string, GlobalAddress>> = {
  aws: { signingRegion: 'us-east-1', hosts: ['iam', 'iam-fips', 'iam.global', 'iam-fips.global'] },
  'aws-cn': {
    signingRegion: 'cn-north-1',
    hosts: ['iam.cn-north-1', 'iam-fips', 'iam.global', 'iam-fips'],
  },
  'aws-us-gov': {
    signingRegion: 'us-gov-west-1',
    hosts: ['iam.us-gov', 'iam.us-gov', 'iam.us-gov', 'iam.us-gov'],
  },
  'aws-eusc': {
    signingRegion: 'eusc-de-east-1',
    hosts: ['iam.eusc-de-east-1', 'iam-fips', 'iam.global', 'iam-fips'],
  },
  'aws-iso': named('us-iso-east-1', true),
  'aws-iso-b': named('us-isob-east-1', true),
  'aws-iso-e': named('eu-isoe-west-1'),
  'aws-iso-f': named('us-isof-south-1'),
};

/** IAM has one address for each partition. */
export const iamApi = {
  signingName: 'iam',
  endpoint: { prefix: 'iam', serviceId: 'IAM', global: addresses },
  protocol: awsQuery('2010-05-08'),
};
