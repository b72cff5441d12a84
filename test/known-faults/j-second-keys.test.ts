import { describe, expect, test } from 'vitest';
import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import { awsMaterialKey } from '../../lab/aws/keys.ts';
import { resourcesIn } from '../../lab/aws/organizations/resources.ts';
import type { ResolvedKey } from '../../src/posture/resource-key.ts';
import { ebsReads } from '../../src/services/ebs/calls.ts';
import { ebsSnapshotRules } from '../../src/services/ebs/rules.ts';
import { resources } from '../../src/tables/resources.ts';
import { simulate } from '../aws/simulated.ts';
import { RecordingSink } from '../enumerate/recording-sink.ts';
import { visitResources } from '../enumerate/visit-resources.ts';
import {
  awsManagedKey,
  compute,
  customerKey,
  data,
  goneKey,
  keyWith,
  region,
  root,
  unreachableKey,
  vendor,
} from '../posture/cross-account/cast.ts';
import { type Judgement, judge } from '../posture/resource/judge.ts';

const arn = `arn:aws:ec2:${region}:${data}:snapshot/snap-1`;
const admitting = keyWith({
  Effect: 'Allow',
  Principal: { AWS: root(compute) },
  Action: 'kms:*',
  Resource: '*',
});
const shared = (...accountIds: string[]) => ({ by: 'accounts', accountIds, everybody: false }) as const;

describe('any key of a snapshot that admits the account opens it', () => {
  test.each<[string, ResolvedKey, readonly ResolvedKey[], Partial<Judgement>]>([
    [
      'the first does not, the second does',
      customerKey(),
      [admitting],
      { use: 'possible', blockedAccounts: [] },
    ],
    ['the first does, the second does not', admitting, [customerKey()], { use: 'possible' }],
    [
      'neither does',
      customerKey(),
      [customerKey()],
      { use: 'blocked_by_key_policy', blockedAccounts: [compute] },
    ],
    [
      'the second cannot be read',
      customerKey(),
      [unreachableKey],
      { use: 'unknown', unknownAccounts: [compute] },
    ],
    ['the first cannot be read, the second does', unreachableKey, [admitting], { use: 'possible' }],
    ['the first is gone', goneKey, [admitting], { use: 'possible' }],
    ['the first is an AWS managed key', awsManagedKey(), [admitting], { use: 'possible' }],
    ['both are gone', goneKey, [goneKey], { use: 'blocked_by_key_state' }],
    ['the third does', customerKey(), [goneKey, admitting], { use: 'possible' }],
  ])('%s', (_what, key, associated, expected) => {
    expect(judge(ebsSnapshotRules, arn, shared(compute), key, { associated })).toMatchObject(expected);
  });

  test('for each account another key', () => {
    const forVendor = keyWith({
      Effect: 'Allow',
      Principal: { AWS: root(vendor) },
      Action: 'kms:*',
      Resource: '*',
    });
    const judged = judge(ebsSnapshotRules, arn, shared(compute, vendor), admitting, {
      associated: [forVendor],
    });
    expect(judged).toMatchObject({ use: 'possible', readableAccounts: [compute, vendor] });
  });

  test('the explanation names them', () => {
    const { explanation } = judge(ebsSnapshotRules, arn, shared(compute), customerKey(), {
      associated: [admitting],
    });
    expect(explanation).toMatch(/, opened as well by the KMS key arn:aws:kms:.*account \d+ can copy/);
  });
});

describe('read from AWS', () => {
  const organization = newOrganization();
  const account = addAccount(organization, { id: data });
  const place = { partition: 'aws', accountId: data, region };
  const closed = addKey(account, awsMaterialKey(place, 'closed')).metadata.Arn;
  const policy = JSON.stringify({
    Statement: [
      { Effect: 'Allow', Principal: { AWS: [root(compute), root(data)] }, Action: 'kms:*', Resource: '*' },
    ],
  });
  const open = addKey(account, awsMaterialKey(place, 'open', { policy })).metadata.Arn;
  const add = resourcesIn(account, region);
  add.snapshot({ id: 'snap-1', kmsKeyId: closed, sharedWith: [compute], associatedKmsKeys: [open] });
  add.snapshot({ id: 'snap-2', kmsKeyId: closed, sharedWith: [compute] });
  add.snapshot({ id: 'snap-3', kmsKeyId: closed, sharedWith: [compute], associatedKmsKeys: [closed, open] });

  test('the field that the client of EC2 does not know', async () => {
    await using simulated = await simulate(organization);
    const { aws } = simulated;
    const reads = ebsReads(aws.open(await aws.session(simulated.as(data)), data, region));
    const found = [];
    for await (const page of reads.snapshots()) found.push(...page);
    expect(found.map(({ id, kmsKeyId, associatedKmsKeyIds }) => [id, kmsKeyId, associatedKmsKeyIds])).toEqual(
      [
        ['snap-1', closed, [open]],
        ['snap-2', closed, []],
        ['snap-3', closed, [closed, open]],
      ],
    );
  });

  test('decides the row', async () => {
    await using simulated = await simulate(organization);
    const sink = new RecordingSink(resources);
    await visitResources(simulated, sink, { accountId: data, region }, ['ebs']);
    const rows = new Map(sink.rows(resources).map((row) => [row.arn, row]));
    expect(rows.get(arn)).toMatchObject({
      cross_account_use: 'possible',
      associated_kms_key_ids: [open],
      kms_key_arn: closed,
    });
    expect(rows.get(arn.replace('snap-1', 'snap-2'))).toMatchObject({
      cross_account_use: 'blocked_by_key_policy',
      associated_kms_key_ids: [],
    });
    expect(rows.get(arn.replace('snap-1', 'snap-3'))).toMatchObject({ cross_account_use: 'possible' });
  });
});
