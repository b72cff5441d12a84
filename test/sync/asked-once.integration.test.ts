import { expect, test } from 'vitest';
import { addKey } from '../../lab/aws/build.ts';
import { awsMaterialKey, keyPolicy } from '../../lab/aws/keys.ts';
import type { SimAccount, SimOrganization } from '../../lab/aws/model.ts';
import { addBucket, bucketPolicy } from '../../lab/aws/organizations/buckets.ts';
import { addQueue, addTopic, messagingPolicy } from '../../lab/aws/organizations/messaging.ts';
import { resourcesIn } from '../../lab/aws/organizations/resources.ts';
import { shareKey } from '../../lab/aws/ram-shares.ts';
import type { KeptRequest } from '../../lab/aws/request-log.ts';
import { type Simulator, startSimulator } from '../../lab/aws/server.ts';
import { accessPoints } from '../../lab/aws/services/s3/access-points.ts';
import { operations } from '../../src/services/operations.ts';
import { organizationOfEveryKind } from '../e2e/organization-of-every-kind.ts';
import { memberRole, organizationToRead } from '../e2e/organization-to-read.ts';
import { syncInProcess } from '../known-faults/sync-in-process.ts';

const management = '111111111111';
const member = '222222222222';
const region = 'us-east-1';

/**
 * Two accounts with a resource of every sort under a key of its own, and the same under a key of the other, and access
 * points to buckets of both.
 */
function organizationOfSharers(): SimOrganization {
  const made = organizationToRead({ management: ['*'], member: ['*'] });
  for (const [owner, user] of [
    [management, member],
    [member, management],
  ] as const) {
    const place = { partition: 'aws', accountId: owner, region };
    const reader = { AWS: `arn:aws:iam::${user}:root` };
    const admit = { Effect: 'Allow', Principal: reader, Action: 'kms:*', Resource: '*' } as const;
    const key = awsMaterialKey(place, 'lent', { policy: keyPolicy(place, admit) });
    addKey(accountIn(made, owner), key, 'alias/lent');
    shareKey(made, key, [user]);
    const alias = `arn:aws:kms:${region}:${owner}:alias/lent`;
    useKey(accountIn(made, user), [key.metadata.Arn, alias], reader);
  }
  for (const [owner, user] of [
    [management, member],
    [member, management],
  ] as const) {
    const bucket = `borrowed-0-${owner}`;
    accessPoints.add(accountIn(made, owner), region, { name: 'own', bucket });
    accessPoints.add(accountIn(made, user), region, { name: 'others', bucket, bucketAccountId: owner });
  }
  return made;
}

function useKey(account: SimAccount, names: readonly string[], reader: { AWS: string }): void {
  const add = resourcesIn(account, region);
  for (const [i, key] of names.entries()) {
    const name = `borrowed-${i}-${account.id}`;
    const arn = (service: string) => `arn:aws:${service}:${region}:${account.id}:${name}`;
    addBucket(account, {
      name,
      region,
      policy: bucketPolicy(name, reader.AWS),
      encryption: { algorithm: 'aws:kms', kmsMasterKeyId: key },
    });
    const queue = { name, kmsMasterKeyId: key };
    addQueue(account, region, { ...queue, policy: messagingPolicy(arn('sqs'), reader, 'sqs:SendMessage') });
    addTopic(account, region, { ...queue, policy: messagingPolicy(arn('sns'), reader, 'sns:Publish') });
    add.secret({ name, kmsKeyId: key });
    add.table({ name, kmsKeyArn: key });
    add.snapshot({ id: `snap-${i + 3}`, kmsKeyId: key, sharedWith: ['all'] });
    add.volume({ id: `vol-${i + 3}`, kmsKeyId: key });
    add.dbSnapshot({ id: name, kmsKeyId: key });
    add.dbClusterSnapshot({ id: name, kmsKeyId: key });
    add.dbInstance({ id: name, kmsKeyId: key });
    add.dbCluster({ id: name, kmsKeyId: key });
    add.function({ name, kmsKeyArn: key });
    add.logGroup({ name, kmsKeyId: key });
    add.repository({ name, encryptionType: 'KMS', kmsKey: key });
    add.fileSystem({ id: `fs-${i + 3}`, kmsKeyId: key });
    add.stream({ name, keyId: key });
    add.vault({ name, keyArn: key });
  }
}

function accountIn(made: SimOrganization, id: string): SimAccount {
  const account = made.accounts.get(id);
  if (account === undefined) throw new Error(`the organization has no account ${id}`);
  return account;
}

const roleArn = `arn:aws:iam::${member}:role/${memberRole}`;
const org = { member_role_name: memberRole };
const accounts = [{ id: management }, { id: member, role_arn: roleArn }];
const denyListRegions = ({ faults }: Simulator) =>
  void faults.add({ operation: 'account:ListRegions', effect: { kind: 'deny' } });
const denyLookUps = ({ faults }: Simulator) => {
  faults.add({ operation: 'kms:DescribeKey', effect: { kind: 'deny' } });
  faults.add({ operation: 'kms:ListAliases', effect: { kind: 'deny' } });
};

const unpaced = Object.fromEntries(operations.map((operation) => [operation, 100_000]));

interface Case {
  readonly name: string;
  readonly made?: () => SimOrganization;
  readonly spec: Record<string, unknown>;
  readonly tables?: readonly string[];
  readonly strike?: (aws: Simulator) => void;
}

const cases: readonly Case[] = [
  { name: 'an organization whose accounts use keys of each other in every service', spec: { org } },
  { name: 'the same, one request at a time', spec: { org, concurrency: 1 } },
  { name: 'its keys and their aliases alone', spec: { org }, tables: ['keys', 'key_aliases', 'key_access'] },
  { name: 'its resources and buckets alone', spec: { org }, tables: ['resources', 's3_buckets'] },
  {
    name: 'its accounts by name, with two entries for one of them',
    spec: { accounts: [...accounts, accounts[1]] },
  },
  { name: 'a role that may not ask which regions there are', spec: { org }, strike: denyListRegions },
  { name: 'a role that may not look up keys', spec: { org }, strike: denyLookUps },
  {
    name: 'a region that this version does not know',
    spec: { org: { ...org, member_regions: [region, 'xx-new-1'] } },
    made: () => {
      const made = organizationOfSharers();
      made.regions.push({ name: 'xx-new-1', optIn: false });
      for (const account of made.accounts.values()) account.enabledRegions.add('xx-new-1');
      return made;
    },
  },
  {
    name: 'the demo, and keys of every kind',
    made: organizationOfEveryKind,
    spec: { org: { member_role_name: 'OrganizationAccountAccessRole' } },
  },
];

test.each(cases)(
  'nothing is asked twice: $name',
  async ({ made = organizationOfSharers, spec, tables = ['*'], strike }) => {
    const organization = made();
    const aws = await startSimulator(organization, { keepRequests: true });
    try {
      strike?.(aws);
      const settings = {
        include_key_last_usage: true,
        include_key_metrics: true,
        include_iam: true,
        max_retries: 0,
        requests_per_second: unpaced,
        ...spec,
      };
      const chosen = tables.map((table) => `aws_encryption_${table}`);
      const said = await syncInProcess(aws, organization.managementAccountId, settings, chosen);
      expect(said.rows.keys?.length ?? said.rows.resources?.length).toBeGreaterThan(3);
      // Whoever read a bucket first.
      const owners = (said.rows.s3_buckets ?? []).map((row) => [row.account_id, row.account_name]);
      expect(new Set(owners.map(String)).size).toBe(new Set(owners.map(([id]) => id)).size);
      expect(repeated(aws.requests.kept)).toEqual([]);
    } finally {
      await aws.close();
    }
  },
);

/** What was asked of the same account, region and operation with the same input, and how often. */
function repeated(requests: readonly KeptRequest[]): string[] {
  const times = new Map<string, number>();
  for (const { account, region, operation, input, http } of requests) {
    const asked = [
      operation,
      account,
      region,
      http.method,
      http.path,
      http.query,
      JSON.stringify(input),
    ].join(' ');
    times.set(asked, (times.get(asked) ?? 0) + 1);
  }
  return [...times].filter(([, count]) => count > 1).map(([asked, count]) => `${asked} × ${count}`);
}
