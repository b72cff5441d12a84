import { describe, expect, it } from 'vitest';
import { addAccount, newOrganization } from '../../lab/aws/build.ts';
import { addBucket } from '../../lab/aws/organizations/buckets.ts';
import { addTopic, messagingPolicy } from '../../lab/aws/organizations/messaging.ts';
import { resources } from '../../src/tables/resources.ts';
import { simulate } from '../aws/simulated.ts';
import { RecordingSink } from '../enumerate/recording-sink.ts';
import { visitResources } from '../enumerate/visit-resources.ts';
import fault from './08-key-name-without-alias-prefix.json' with { type: 'json' };
import { bucketRows, objectPolicy, root } from './bucket-rows.ts';
import { owner, sibling } from './key-sharing.ts';

const { region, encryption } = fault.input.bucket;

describe('a bucket', () => {
  it.each([
    [encryption.KMSMasterKeyID],
    ['s3'],
    [''],
    ['alias'],
    [`arn:aws:iam::${owner}:role/lake`],
    [`arn:aws:kms:${region}:${owner}:lake`],
  ])('whose key is %j names no key', async (kmsMasterKeyId) => {
    const organization = newOrganization();
    const account = addAccount(organization, { id: owner });
    addBucket(account, {
      name: 'lake',
      region,
      encryption: { algorithm: 'aws:kms', kmsMasterKeyId },
      policy: objectPolicy('lake', 's3:GetObject', { AWS: root(sibling) }),
    });
    await using simulated = await simulate(organization);
    const { rows, said } = await bucketRows(simulated);
    expect(rows).toMatchObject([
      {
        kms_master_key_id: kmsMasterKeyId,
        key_reference: 'invalid',
        kms_key_arn: null,
        key_type: null,
        cross_account_read: fault.expected.cross_account_read,
        blocked_account_ids: [sibling],
        explanation: expect.stringContaining('names no KMS key'),
        errors: null,
      },
    ]);
    expect(said).toEqual([]);
    const asked = Object.keys(simulated.simulator.requests.byOperation());
    expect(asked.filter((operation) => operation.startsWith('kms:'))).toEqual([]);
  });
});

it('a topic whose key is aws/sns names none', async () => {
  const organization = newOrganization();
  const account = addAccount(organization, { id: owner });
  const arn = `arn:aws:sns:${region}:${owner}:events`;
  const policy = messagingPolicy(arn, { AWS: sibling }, 'sns:Publish');
  addTopic(account, region, { name: 'events', kmsMasterKeyId: fault.input.topic.KmsMasterKeyId, policy });
  await using simulated = await simulate(organization);
  const sink = new RecordingSink(resources);
  await visitResources(simulated, sink, { accountId: owner, region }, ['sns']);
  expect(sink.rows(resources)).toMatchObject([
    { key_reference: 'invalid', cross_account_use: 'blocked_by_key_state', errors: null },
  ]);
  expect([...sink.said]).toEqual([]);
  const asked = Object.keys(simulated.simulator.requests.byOperation());
  expect(asked.filter((operation) => operation.startsWith('kms:'))).toEqual([]);
});
