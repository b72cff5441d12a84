import { describe, expect, test } from 'vitest';
import {
  type DefaultEncryption,
  type HeaderDemand,
  headerDemand,
} from '../../../src/posture/bucket/headers.ts';
import { readPolicy } from '../../../src/posture/policy/document.ts';
import { data, policyOf, region, role, type Statement, vendor } from '../cross-account/cast.ts';
import { arn } from './bucket.ts';

const writer = role(vendor);
const keyArn = `arn:aws:kms:${region}:${data}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const algorithm = 's3:x-amz-server-side-encryption';
const key = 's3:x-amz-server-side-encryption-aws-kms-key-id';
const kms: DefaultEncryption = { algorithm: 'aws:kms', keyArn, keyWritten: keyArn };
const sseS3: DefaultEncryption = { algorithm: 'AES256', keyArn: null, keyWritten: null };

const allow = (condition?: object): Statement => ({
  Effect: 'Allow',
  Principal: { AWS: writer },
  Action: 's3:PutObject',
  Resource: `${arn}/*`,
  ...(condition && { Condition: condition }),
});
const deny = (condition: object, changes: Statement = {}): Statement => ({
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:PutObject',
  Resource: `${arn}/*`,
  Condition: condition,
  ...changes,
});

const demandOf = (statements: readonly Statement[], byDefault: DefaultEncryption): HeaderDemand =>
  headerDemand(readPolicy(policyOf(...statements)), new Set([writer]), byDefault, arn);

type Case = [what: string, statements: readonly Statement[], demand: HeaderDemand];

describe('what a bucket policy leaves a writer to say, under SSE-KMS by default', () => {
  test.each<Case>([
    ['nothing is demanded', [allow()], 'free'],
    [
      'this key, where IfExists changes nothing',
      [allow(), deny({ StringNotEqualsIfExists: { [key]: keyArn } })],
      'default',
    ],
    [
      'this key, or none',
      [allow(), deny({ Null: { [key]: 'false' }, StringNotEquals: { [key]: keyArn } })],
      'free',
    ],
    ['this key', [allow(), deny({ StringNotEquals: { [key]: keyArn } })], 'default'],
    ['this key, under ArnNotEquals', [allow(), deny({ ArnNotEquals: { [key]: keyArn } })], 'default'],
    [
      'this key, by a pattern',
      [allow(), deny({ StringNotLike: { [key]: `arn:aws:kms:*:${data}:key/*` } })],
      'default',
    ],
    [
      'SSE-KMS and this key, a statement each',
      [
        allow(),
        deny({ StringNotEquals: { [algorithm]: 'aws:kms' } }),
        deny({ StringNotEquals: { [key]: keyArn } }),
      ],
      'default',
    ],
    [
      'SSE-S3 in other letters is not SSE-S3',
      [allow(), deny({ StringNotEquals: { [algorithm]: 'aes256' } })],
      'other',
    ],
    [
      'SSE-S3 in other letters, where case is the same',
      [allow(), deny({ StringNotEqualsIgnoreCase: { [algorithm]: 'aes256' } })],
      'sse_s3',
    ],
    ['no header may be sent', [allow(), deny({ Null: { [algorithm]: 'false' } })], 'default'],
    [
      'SSE-KMS or this key: both wrong at once are refused',
      [allow(), deny({ StringNotEquals: { [algorithm]: 'aws:kms', [key]: keyArn } })],
      'free',
    ],
    ['SSE-KMS with any key', [allow(), deny({ StringNotEquals: { [algorithm]: 'aws:kms' } })], 'free'],
    ['SSE-S3', [allow(), deny({ StringNotEquals: { [algorithm]: 'AES256' } })], 'sse_s3'],
    [
      'the header, and SSE-S3 in it',
      [
        allow(),
        deny({ Null: { [algorithm]: 'true' } }),
        deny({ StringNotEqualsIfExists: { [algorithm]: 'AES256' } }),
      ],
      'sse_s3',
    ],
    ['another key', [allow(), deny({ StringNotEquals: { [key]: `${keyArn.slice(0, -1)}0` } })], 'other'],
    [
      'another key of any name',
      [allow(), deny({ StringNotLike: { [key]: 'arn:aws:kms:another:*' } })],
      'other',
    ],
    [
      'SSE-S3, or no header, in the Allow',
      [allow({ StringEqualsIfExists: { [algorithm]: 'AES256' } })],
      'free',
    ],
    [
      'no header but SSE-S3, in the Allow, and no SSE-S3',
      [
        allow({ StringEqualsIfExists: { [algorithm]: 'AES256' } }),
        deny({ StringEquals: { [algorithm]: 'AES256' } }),
      ],
      'default',
    ],
    [
      'a Deny of all but the objects',
      [
        allow(),
        deny({ StringNotEquals: { [key]: keyArn } }, { Resource: undefined, NotResource: `${arn}/*` }),
      ],
      'free',
    ],
    [
      'a Deny for nobody',
      [allow(), deny({ StringNotEquals: { [key]: keyArn } }, { Principal: undefined, NotPrincipal: '*' })],
      'free',
    ],
    ['SSE-S3 in the Allow', [allow({ StringEquals: { [algorithm]: 'AES256' } })], 'sse_s3'],
    ['this key in the Allow', [allow({ StringEquals: { [key]: keyArn } })], 'default'],
    [
      'this key in one Allow, nothing in another',
      [allow({ StringEquals: { [key]: keyArn } }), allow()],
      'free',
    ],
    [
      'an Allow for somebody else',
      [allow({ StringEquals: { [key]: keyArn } }), { ...allow(), Principal: { AWS: role(data) } }],
      'default',
    ],
    [
      'other conditions of an Allow may hold',
      [allow({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })],
      'free',
    ],
    [
      'other conditions of a Deny may not hold',
      [allow(), deny({ StringNotEquals: { [key]: keyArn }, IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })],
      'free',
    ],
    [
      'a Deny for some',
      [allow(), deny({ StringNotEquals: { [key]: keyArn } }, { Principal: { AWS: writer } })],
      'free',
    ],
    [
      'a Deny for a prefix',
      [allow(), deny({ StringNotEquals: { [key]: keyArn } }, { Resource: `${arn}/a/*` })],
      'free',
    ],
    [
      'a Deny of something else',
      [allow(), deny({ StringNotEquals: { [key]: keyArn } }, { Action: 's3:GetObject' })],
      'free',
    ],
    [
      'a variable is not decided',
      [allow(), deny({ StringNotEquals: { [key]: `$\{aws:PrincipalTag/key}` } })],
      'free',
    ],
  ])('%s', (_what, statements, demand) => {
    expect(demandOf(statements, kms)).toBe(demand);
  });
});

describe('under SSE-S3 by default', () => {
  test.each<Case>([
    ['nothing is demanded', [allow()], 'free'],
    ['SSE-S3', [allow(), deny({ StringNotEquals: { [algorithm]: 'AES256' } })], 'default'],
    ['SSE-KMS', [allow(), deny({ StringNotEquals: { [algorithm]: 'aws:kms' } })], 'other'],
    ['a key', [allow(), deny({ StringNotEquals: { [key]: keyArn } })], 'other'],
  ])('%s', (_what, statements, demand) => {
    expect(demandOf(statements, sseS3)).toBe(demand);
  });
});
