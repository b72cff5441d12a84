import { demo } from '../lab/aws/organizations/demo.ts';
import { accountId } from '../lab/aws/organizations/generate.ts';
import { generatedPolicies } from '../lab/aws/organizations/generated-policies.ts';
import { known, notAsked } from '../src/aws/fact.ts';
import { assessKey } from '../src/posture/key.ts';
import type { KeyFacts } from '../src/posture/key-facts.ts';
import {
  type OrganizationPolicies,
  type OrganizationPolicyType,
  organizationPolicy,
  type PolicyLevel,
} from '../src/posture/organization-policies/policies.ts';
import type { BenchOptions } from './options.ts';
import { type SyncCost, withPlugin } from './plugin-process.ts';
import { print } from './print.ts';
import type { Program } from './programs.ts';
import { withSimulatedAws } from './simulated-aws.ts';
import { keyTables, organization, withoutQuotas } from './specs.ts';

const organizationId = 'o-demo0lab01';
const keysJudged = 10_000;

/**
 * What organization policies, as many as there can be, add to judging keys, and to a sync of keys that are all shared.
 */
export async function organizationPolicies(
  _measured: readonly Program[],
  { keys }: BenchOptions,
): Promise<void> {
  judging();
  await syncing(keys);
}

/** Of one member account: the policies do not bind the management account. */
async function syncing(keys: number): Promise<void> {
  const sync = async (organizationPolicies: boolean): Promise<SyncCost> => {
    const generate = { accounts: 3, regions: 1, keysPerRegion: keys, sharedKeys: true, organizationPolicies };
    return withSimulatedAws({ generate }, (aws) =>
      withPlugin('dist/main.js', aws.env, (run) => run({ ...spec, ...aws.endpoint }, keyTables)),
    );
  };
  const [without, under, underAgain, withoutAgain] = [
    await sync(false),
    await sync(true),
    await sync(true),
    await sync(false),
  ];
  const before = Math.min(without.cpuSeconds, withoutAgain.cpuSeconds);
  const after = Math.min(under.cpuSeconds, underAgain.cpuSeconds);
  print(
    `A sync of ${keys} shared keys under 5 RCPs and 10 SCPs on each of 3 levels; each runs twice, in turns`,
    [
      {
        'CPU s without': before,
        with: after,
        quotient: after / before,
        'goal quotient': 1.1,
        'all CPU s': [without, under, underAgain, withoutAgain]
          .map(({ cpuSeconds }) => cpuSeconds)
          .join(', '),
        rows: under.rows,
      },
    ],
  );
}

const spec = {
  org: { ...organization.org, skip_member_accounts: [accountId(0), accountId(2)] },
  requests_per_second: {
    ...withoutQuotas.requests_per_second,
    'organizations:DescribePolicy': 1000,
    'organizations:ListTargetsForPolicy': 1000,
  },
};

/** 10,000 keys, of which most let nobody else in. */
function judging(): void {
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
  const all = organizationPolicy(
    { id: 'p-FullAWSAccess', type: 'SERVICE_CONTROL_POLICY', name: 'FullAWSAccess' },
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }),
  );
  const places = [0, 1, 2, 3].map((place) => generatedPolicies(String(place), organizationId));
  const read = (type: OrganizationPolicyType, always: PolicyLevel) => {
    const levels = places.map(
      (policies): PolicyLevel => [
        ...always,
        ...policies
          .filter((policy) => policy.type === type)
          .map(({ id, name, content }) => organizationPolicy({ id, type, name }, content)),
      ],
    );
    return {
      state: 'read',
      root: levels[0] ?? null,
      levels: new Map(members.map((id) => [id, levels])),
      unplaced: [],
    } as const;
  };
  return {
    serviceControl: read('SERVICE_CONTROL_POLICY', [all]),
    resourceControl: read('RESOURCE_CONTROL_POLICY', []),
    managementAccountId: '000000000000',
    memberAccountIds: new Set(members),
  };
}
