import { expect, test } from 'vitest';
import { type KeyReference, misdirection, readKeyReference } from '../../src/posture/key-reference.ts';

const uuid = '1234abcd-12ab-34cd-56ef-1234567890ab';
const multiRegion = 'mrk-1234abcd12ab34cd56ef1234567890ab';

test.each<[written: string | null, expected: Partial<KeyReference>]>([
  [null, { form: 'default', alias: 'alias/aws/s3', accountId: null, region: null }],
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
  [uuid, { form: 'key_id', keyId: uuid, accountId: null, region: null }],
  [multiRegion, { form: 'key_id', keyId: multiRegion, accountId: null, region: null }],
])('%s', (written, expected) => {
  expect(readKeyReference(written, 'alias/aws/s3')).toMatchObject(expected);
});

test('a service without a key of its own: what is not written names none', () => {
  const reference = readKeyReference(null, null);
  expect(reference).toMatchObject({ form: 'invalid', written: null, alias: null });
  expect(misdirection(reference, { partition: 'aws', region: 'eu-west-1' })).toBe('no KMS key is named');
});

test.each([
  [''],
  [' '],
  ['aws/s3'],
  ['s3'],
  ['alias'],
  ['alias/'],
  ['alias/aws/s3 '],
  ['1234abcd'],
  [`key/${uuid}`],
  [`mrk-${uuid}`],
  [`${uuid}0`],
  [`0${uuid}`],
  [`${multiRegion}0`],
  ['alias/a b'],
  [`arn:aws:kms:eu-west-1:111122223333:${uuid}`],
  [`arn:aws:kms:eu-west-1::key/${uuid}`],
  [`arn:aws:kms::111122223333:key/${uuid}`],
  [`arn:aws:s3:eu-west-1:111122223333:key/${uuid}`],
  ['arn:aws:iam::111122223333:role/key'],
  ['arn:aws:kms:eu-west-1:111122223333:key/'],
  ['arn:aws:kms:eu-west-1:111122223333:alias/'],
])('%j names no key', (written) => {
  const reference = readKeyReference(written, 'alias/aws/s3');
  expect(reference).toEqual({
    form: 'invalid',
    written,
    accountId: null,
    partition: null,
    region: null,
    alias: null,
    keyId: null,
  });
  expect(misdirection(reference, { partition: 'aws', region: 'eu-west-1' })).toBe(
    `"${written}" names no KMS key`,
  );
});

test.each<[written: string | null, partition: string, region: string, problem: string | null]>([
  [`arn:aws:kms:eu-west-1:111122223333:key/${uuid}`, 'aws', 'eu-west-1', null],
  [
    `arn:aws:kms:eu-west-1:111122223333:key/${multiRegion}`,
    'aws',
    'us-east-1',
    'its key is in eu-west-1, and a resource can only use keys of its own region, us-east-1',
  ],
  [
    'arn:aws:kms:eu-west-1:111122223333:alias/lake',
    'aws',
    'us-east-1',
    'its key is in eu-west-1, and a resource can only use keys of its own region, us-east-1',
  ],
  [
    `arn:aws-cn:kms:cn-north-1:111122223333:key/${uuid}`,
    'aws',
    'eu-west-1',
    'its key is of another partition, aws-cn',
  ],
  ['alias/lake', 'aws', 'eu-west-1', null],
  [uuid, 'aws-cn', 'cn-north-1', null],
  [null, 'aws-cn', 'cn-north-1', null],
])('%s, from %s %s', (written, partition, region, problem) => {
  expect(misdirection(readKeyReference(written, 'alias/aws/s3'), { partition, region })).toBe(problem);
});
