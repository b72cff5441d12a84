import { afterAll, beforeAll, expect, test } from 'vitest';
import { addIamRole, addManagedPolicy } from '../../lab/aws/account-iam.ts';
import { addAccount, addKey, controlPoliciesEnabled, newOrganization } from '../../lab/aws/build.ts';
import { awsMaterialKey, keyPolicy } from '../../lab/aws/keys.ts';
import type { SimOrganization } from '../../lab/aws/model.ts';
import { addOrganizationPolicy } from '../../lab/aws/organization-policies.ts';
import { addBucket, bucketPolicy } from '../../lab/aws/organizations/buckets.ts';
import type { Row } from './rows.ts';
import { startWorld, type World } from './world.ts';

const management = '100000000009';
const data = '100000000001';
const compute = '100000000002';
const region = 'us-east-1';

const policy = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
const allow = (Action: string, more: object = {}) => ({ Effect: 'Allow', Action, Resource: '*', ...more });
const deny = (Action: string) => ({ Effect: 'Deny', Action, Resource: '*' });
const read = allow('s3:GetObject');
const decrypt = allow('kms:Decrypt');
const withMfa = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };

/** What the article's role has, and what else stands in its way; all in place where nothing is said. */
interface Case {
  readonly iam?: readonly object[];
  readonly boundary?: readonly object[];
  /** Of an SCP on the compute account, for this role alone. */
  readonly scp?: object;
  readonly bucketLetsIn?: boolean;
  readonly keyLetsIn?: boolean;
  readonly use: string;
  /** In the explanation. */
  readonly says: string;
}

/** The article's three policies, and what later came to them, changed one by one. */
const cases: Readonly<Record<string, Case>> = {
  'all-in-place': { use: 'possible', says: 'role/all-in-place' },
  'no-iam-at-all': { iam: [], use: 'blocked_by_iam', says: 'no user or role may s3:GetObject' },
  'no-decrypt': { iam: [read], use: 'blocked_by_iam', says: '1 role may s3:GetObject, none kms:Decrypt' },
  'no-get-object': { iam: [decrypt], use: 'blocked_by_iam', says: 'no user or role may s3:GetObject' },
  'decrypt-denied': {
    iam: [read, decrypt, deny('kms:*')],
    use: 'blocked_by_iam',
    says: '1 role may s3:GetObject, none kms:Decrypt',
  },
  'decrypt-with-mfa': {
    iam: [read, allow('kms:Decrypt', withMfa)],
    use: 'unknown',
    says: 'aws:MultiFactorAuthPresent',
  },
  'boundary-silent': { boundary: [read], use: 'blocked_by_iam', says: 'permissions boundary' },
  'scp-denies': { scp: deny('kms:Decrypt'), use: 'blocked_by_organization_policy', says: 'p-scpdenies' },
  'key-closed': { keyLetsIn: false, use: 'blocked_by_key_policy', says: 'key' },
  'bucket-closed': { bucketLetsIn: false, use: 'not_shared', says: '' },
};

function organization(): SimOrganization {
  const made = newOrganization({
    managementAccountId: management,
    root: { id: 'r-arti', policyTypes: controlPoliciesEnabled() },
  });
  const owner = addAccount(made, { id: data });
  const reader = addAccount(made, { id: compute });
  const place = { partition: made.partition, accountId: data, region };
  for (const [name, given] of Object.entries(cases)) {
    const arn = `arn:aws:iam::${compute}:role/${name}`;
    const { iam = [read, decrypt], boundary, scp, bucketLetsIn = true, keyLetsIn = true } = given;
    addIamRole(reader, {
      name,
      inline: iam.length === 0 ? {} : { own: policy(...iam) },
      boundary:
        boundary === undefined
          ? null
          : addManagedPolicy(reader, { name: `${name}-bounds` }, policy(...boundary)),
    });
    const toRole = { ...decrypt, Principal: { AWS: arn } };
    const key = addKey(
      owner,
      awsMaterialKey(place, name, { policy: keyPolicy(place, ...(keyLetsIn ? [toRole] : [])) }),
    );
    const encryption = { algorithm: 'aws:kms', kmsMasterKeyId: key.metadata.Arn, bucketKeyEnabled: true };
    addBucket(owner, { name, region, encryption, policy: bucketLetsIn ? bucketPolicy(name, arn) : null });
    if (scp !== undefined) {
      const ofRole = { ...scp, Condition: { ArnEquals: { 'aws:PrincipalArn': arn } } };
      const content = policy(ofRole);
      addOrganizationPolicy(made, { id: 'p-scpdenies', type: 'SERVICE_CONTROL_POLICY', content }, compute);
    }
  }
  return made;
}

let world: World;
let buckets: Map<unknown, Row>;
let principals: readonly Row[];

beforeAll(async () => {
  world = await startWorld(organization());
  await world.sync({
    tables: ['aws_encryption_s3_buckets', 'aws_encryption_key_principals', 'aws_encryption_coverage'],
    spec: { org: { member_role_name: 'OrganizationAccountAccessRole' }, include_iam: true },
  });
  buckets = new Map((await world.rows('aws_encryption_s3_buckets')).map((row) => [row.name, row]));
  principals = await world.rows('aws_encryption_key_principals');
});
afterAll(() => world.close());

test.each(Object.entries(cases))('%s', (name, { use, says }) => {
  const bucket = buckets.get(name);
  expect(bucket).toMatchObject({ cross_account_read: use });
  expect(bucket?.explanation ?? '').toContain(says);
  if (use === 'not_shared') return;
  const arn = `arn:aws:iam::${compute}:role/${name}`;
  expect(bucket).toMatchObject({
    iam_evaluated: true,
    reader_principal_arns: use === 'possible' ? [arn] : [],
    reader_principals_count: use === 'possible' ? 1 : 0,
  });
});

test('whoever really decrypts with a key is told beside it', () => {
  const readers = principals.filter(
    ({ principal_arn: arn, unconditional_actions: actions }) =>
      String(arn).startsWith(`arn:aws:iam::${compute}:role/`) &&
      (actions as string[]).includes('kms:Decrypt'),
  );
  expect(readers.map(({ principal_arn: arn }) => String(arn).split('/')[1]).sort()).toEqual([
    'all-in-place',
    'bucket-closed',
    'no-get-object',
  ]);
});
