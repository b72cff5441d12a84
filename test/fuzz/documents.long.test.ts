import { afterAll, beforeAll, expect, test } from 'vitest';
import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import { awsMaterialKey, keyPolicy } from '../../lab/aws/keys.ts';
import type { SimAccount } from '../../lab/aws/model.ts';
import { type Simulator, startSimulator } from '../../lab/aws/server.ts';
import { type Harness, type Seen, startHarness } from '../faults/harness.ts';
import { holdingsOf } from './process.ts';

/** What AWS would not answer, or hardly: far past its limits, in one account of an organization that is read. */
const account = '222222222222';
const reader = '333333333333';
const place = { partition: 'aws', accountId: account, region: 'us-east-1' };
const root = {
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${reader}:root` },
  Action: 'kms:Decrypt',
  Resource: '*',
};

/** A text in every script that Unicode 15 has a letter of in its first plane: one of each block of 128. */
const everyScript = Array.from({ length: 0x10000 / 128 }, (_, block) =>
  String.fromCodePoint(block * 128 + 65),
)
  .filter((letter) => /\p{L}/u.test(letter))
  .join('');

const deep = (depth: number): string => `${'['.repeat(depth)}"x"${']'.repeat(depth)}`;

/** Policies by the name of the key that has them. */
const policies: Readonly<Record<string, () => string>> = {
  // Ten megabytes each: of values, and of statements.
  'long-condition': () =>
    keyPolicy(place, {
      ...root,
      Condition: {
        StringEquals: {
          'aws:PrincipalTag/team': Array.from({ length: 250_000 }, (_, i) => `${i}`.padStart(36)),
        },
      },
    }),
  'many-statements': () =>
    keyPolicy(place, ...Array.from({ length: 60_000 }, (_, i) => ({ ...root, Sid: `Statement${i}` }))),
  'deep-condition': () =>
    keyPolicy(place, root).replace(
      '"kms:Decrypt"',
      `"kms:Decrypt","Condition":{"StringEquals":{"a":${deep(10_000)}}}`,
    ),
  'deep-principal': () => keyPolicy(place, root).replace(JSON.stringify(root.Principal), deep(10_000)),
  'deep-document': () => deep(10_000),
  'no-end': () => '{"Statement":['.repeat(10_000),
};

const grants = 50_000;
const aliases = 100_000;

let aws: Simulator;
let harness: Harness;
let seen: Seen;
beforeAll(async () => {
  const organization = newOrganization({ regions: [{ name: 'us-east-1', optIn: false }] });
  const member = addAccount(organization, { id: account, name: everyScript });
  addAccount(organization, { id: reader, name: 'reader' });
  fill(member);
  aws = await startSimulator(organization);
  harness = await startHarness();
  const tables = ['aws_encryption_key*', 'aws_encryption_accounts', 'aws_encryption_coverage'];
  seen = await harness.sync(aws, { org: { member_role_name: 'OrganizationAccountAccessRole' } }, tables);
});
afterAll(async () => {
  await harness.close();
  await aws.close();
});

function fill(member: SimAccount): void {
  for (const [name, policy] of Object.entries(policies)) {
    addKey(member, { ...awsMaterialKey(place, name), policy: policy() });
  }
  const granted = awsMaterialKey(place, 'granted', {
    grants: Array.from({ length: grants }, (_, i) => ({
      GranteePrincipal: `arn:aws:iam::${reader}:role/worker-${i}`,
      Operations: ['Decrypt' as const],
    })),
  });
  addKey(member, granted);
  const named = awsMaterialKey(place, 'named', {
    description: everyScript,
    tags: { [everyScript.slice(0, 100)]: everyScript },
  });
  addKey(member, named, ...Array.from({ length: aliases }, (_, i) => `alias/a-${i}`));
}

const keyOf = (name: string) => {
  const { metadata } = awsMaterialKey(place, name);
  return seen.rows.keys?.find(({ arn }) => arn === metadata.Arn);
};

test('the sync comes to its end, with every key, grant and alias', () => {
  expect(seen.status).toBe('OK');
  // Policies that are not even JSON in shape are refused by the simulated KMS, as it would refuse whoever reads them.
  expect(seen.errors.filter(({ text }) => !text.includes('AccessDeniedException'))).toEqual([]);
  expect(seen.rows.keys).toHaveLength(Object.keys(policies).length + 2);
  expect(seen.rows.key_grants).toHaveLength(grants);
  expect(seen.rows.key_aliases).toHaveLength(aliases);
});

test.each([
  ['long-condition', 'other_account'],
  ['many-statements', 'other_account'],
])('%s: what the policy says is read, however long it is', (name) => {
  expect(keyOf(name)?.shared_account_ids).toEqual([reader]);
});

test.each(['deep-condition', 'deep-principal', 'deep-document', 'no-end'])(
  '%s: what is not understood is never "not shared"',
  (name) => {
    const key = keyOf(name);
    expect(key).toBeDefined();
    expect(key?.sharing === 'not_shared' && key.sharing_complete === true).toBe(false);
  },
);

test('a name in every script comes as it is', () => {
  expect(everyScript.length).toBeGreaterThan(200);
  expect(keyOf('named')).toMatchObject({ description: everyScript, account_name: everyScript });
});

test('all of that at once takes less than two gigabytes', async () => {
  const { peakMemory } = await holdingsOf(harness.plugin.pid);
  expect(peakMemory / 1024).toBeLessThan(2);
});
