import { expect, test } from 'vitest';
import { viaService } from '../../../src/posture/cross-account/via-service.ts';
import { covers } from '../../../src/posture/policy/pattern.ts';

test.each<[partition: string, region: string, value: string, matches: boolean]>([
  ['aws', 'eu-west-1', 's3.eu-west-1.amazonaws.com', true],
  ['aws', 'eu-west-1', 's3.eu-west-1.amazonaws.com.cn', false],
  ['aws', 'eu-west-1', 's3.us-east-1.amazonaws.com', false],
  ['aws-us-gov', 'us-gov-west-1', 's3.us-gov-west-1.amazonaws.com', true],
  ['aws-us-gov', 'us-gov-west-1', 's3.us-gov-west-1.amazonaws.com.cn', false],
  ['aws-cn', 'cn-north-1', 's3.cn-north-1.amazonaws.com.cn', true],
  ['aws-cn', 'cn-north-1', 's3.cn-north-1.amazonaws.com', true],
  ['aws-cn', 'cn-north-1', 's3.cn-northwest-1.amazonaws.com.cn', false],
  ['aws-cn', 'cn-north-1', 'ec2.cn-north-1.amazonaws.com.cn', false],
  ['aws-eusc', 'eusc-de-east-1', 's3.eusc-de-east-1.amazonaws.eu', true],
])('%s, %s: %s %s', (partition, region, value, matches) => {
  const scope = { accountId: '111122223333', accountName: null, region, partition };
  expect(covers(viaService('s3', scope), value)).toBe(matches);
});
