import { demo } from '../lab/aws/organizations/demo.ts';
import { known, notAsked } from '../src/aws/fact.ts';
import { assessKey } from '../src/posture/key.ts';
import type { KeyFacts } from '../src/posture/key-facts.ts';
import {
  type OrganizationPolicies,
  type OrganizationPolicyType,
  organizationPolicy,
  type PolicyLevel,
} from '../src/posture/organization-policies/policies.ts';
import { print } from './print.ts';

const organizationId = 'o-demo0lab01';
const keysJudged = 10_000;

/** What organization policies add to judging 10,000 keys: 5 RCPs and 10 SCPs on each of four levels. */
export async function organizationPolicies(): Promise<void> {
  const { accounts } = demo();
  const memberAccountIds = new Set(accounts.keys());
  const knowledge = { organizationId, memberAccountIds, knownAccounts: {} };
  const policies = policiesOf([...memberAccountIds]);
  const found = keysOf(accounts);
  const facts = Array.from({ length: keysJudged }, (_, i) => found[i % found.length]).filter(
    (one) => one !== undefined,
  );
  const judge = (withPolicies: boolean): number => {
    const start = process.cpuUsage();
    for (const one of facts) {
      const posture = assessKey(one, withPolicies ? { ...knowledge, policies } : knowledge, new Date(0));
      for (const finding of posture.access().findings) posture.limitedBy(finding);
      posture.effectiveSharing();
    }
    const { user, system } = process.cpuUsage(start);
    return (user + system) / facts.length;
  };
  judge(true);
  judge(false);
  const turns = Array.from({ length: 5 }, () => ({ without: judge(false), under: judge(true) }));
  const [without, under] = [
    Math.min(...turns.map((turn) => turn.without)),
    Math.min(...turns.map((turn) => turn.under)),
  ];
  print(`Keys judged under 5 RCPs and 10 SCPs on each of 4 levels (${facts.length} keys)`, [
    {
      'CPU µs a key without': without,
      with: under,
      'more µs': under - without,
      'goal, of the CPU of a sync': '10 %',
    },
  ]);
}

function keysOf(accounts: ReturnType<typeof demo>['accounts']): readonly KeyFacts[] {
  const found: KeyFacts[] = [];
  for (const account of accounts.values())
    for (const [region, { keys }] of account.regions)
      for (const key of keys.after(undefined, 1000))
        found.push({
          scope: { accountId: account.id, accountName: null, region, partition: 'aws' },
          keyId: key.metadata.KeyId,
          arn: key.metadata.Arn,
          metadata: notAsked,
          aliases: notAsked,
          tags: known({}),
          rotationStatus: notAsked,
          rotations: notAsked,
          policy: known(key.policy),
          ramPolicy: known(null),
          grants: known([]),
          lastUsage: notAsked,
        });
  return found;
}

function policiesOf(members: readonly string[]): OrganizationPolicies {
  const policy = (type: OrganizationPolicyType, name: string, statements: readonly object[]) =>
    organizationPolicy(
      { id: `p-${name}`, type, name },
      JSON.stringify({ Version: '2012-10-17', Statement: statements }),
    );
  const read = (levelOf: (place: number) => PolicyLevel) => {
    const levels = [0, 1, 2, 3].map(levelOf);
    return {
      state: 'read',
      root: levels[0] ?? null,
      levels: new Map(members.map((id) => [id, levels])),
      unplaced: [],
    } as const;
  };
  const all = policy('SERVICE_CONTROL_POLICY', 'all', [{ Effect: 'Allow', Action: '*', Resource: '*' }]);
  return {
    serviceControl: read((place) => [
      all,
      ...Array.from({ length: 9 }, (_, i) =>
        policy('SERVICE_CONTROL_POLICY', `scp-${place}-${i}`, [
          {
            Effect: 'Deny',
            NotAction: ['iam:*', 'sts:*', `svc${i}:*`],
            Resource: '*',
            Condition: {
              StringNotEquals: { 'aws:RequestedRegion': ['us-east-1', 'eu-west-1', 'eu-central-1'] },
              ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::*:role/Breakglass${i}` },
            },
          },
        ]),
      ),
    ]),
    resourceControl: read((place) =>
      Array.from({ length: 5 }, (_, i) =>
        policy('RESOURCE_CONTROL_POLICY', `rcp-${place}-${i}`, [
          {
            Effect: 'Deny',
            Principal: '*',
            Action: ['kms:*', 's3:*'],
            Resource: '*',
            Condition: {
              StringNotEqualsIfExists: {
                'aws:PrincipalOrgID': organizationId,
                'aws:PrincipalAccount': [`99998888777${i}`],
              },
              BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
            },
          },
        ]),
      ),
    ),
    managementAccountId: '000000000000',
    memberAccountIds: new Set(members),
  };
}
