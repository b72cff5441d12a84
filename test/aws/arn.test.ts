import { describe, expect, it } from 'vitest';
import { parseArn } from '../../src/aws/arn.ts';

describe('ARN', () => {
  it('has its fields', () => {
    expect(parseArn('arn:aws-cn:kms:cn-north-1:111122223333:key/abc')).toEqual({
      partition: 'aws-cn',
      service: 'kms',
      region: 'cn-north-1',
      accountId: '111122223333',
      resource: 'key/abc',
    });
  });

  it.each([
    ['arn:aws:iam::111122223333:role/x', { region: '', resource: 'role/x' }],
    ['arn:aws:s3:::bucket', { region: '', accountId: '', resource: 'bucket' }],
    ['arn:aws:lambda:us-east-1:111122223333:function:f:1', { resource: 'function:f:1' }],
  ])('%s', (text, fields) => {
    expect(parseArn(text)).toMatchObject(fields);
  });

  it.each([
    'not an arn',
    'arn:aws:kms:us-east-1:111122223333',
    'arn:aws:kms:us-east-1:111122223333:',
    'arn::kms:us-east-1:111122223333:key/abc',
    'arn:aws::us-east-1:111122223333:key/abc',
    'urn:aws:kms:us-east-1:111122223333:key/abc',
  ])('%s is none', (text) => {
    expect(parseArn(text)).toBeNull();
  });
});
