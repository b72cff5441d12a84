import { expect, test } from 'vitest';
import { type KeyReference, readKeyReference } from '../../src/posture/key-reference.ts';

test.each<[written: string | null, expected: Partial<KeyReference>]>([
  [null, { form: 'default', alias: 'alias/aws/s3', accountId: null, region: null }],
  ['', { form: 'default', alias: 'alias/aws/s3' }],
  [
    'arn:aws:kms:eu-west-1:111122223333:key/abc',
    { form: 'arn', keyId: 'abc', accountId: '111122223333', region: 'eu-west-1', alias: null },
  ],
  [
    'arn:aws-cn:kms:cn-north-1:111122223333:key/mrk-1',
    { form: 'arn', keyId: 'mrk-1', accountId: '111122223333', region: 'cn-north-1' },
  ],
  [
    'arn:aws:kms:eu-west-1:111122223333:alias/team/lake',
    { form: 'alias_arn', alias: 'alias/team/lake', accountId: '111122223333', keyId: null },
  ],
  ['alias/lake', { form: 'alias', alias: 'alias/lake', accountId: null, region: null }],
  ['abc', { form: 'key_id', keyId: 'abc', accountId: null, region: null }],
])('%s', (written, expected) => {
  expect(readKeyReference(written, 'alias/aws/s3')).toMatchObject(expected);
});
