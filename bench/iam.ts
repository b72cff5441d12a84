import type { OrganizationKnowledge } from '../src/posture/access/knowledge.ts';
import type { AccountIam } from '../src/posture/iam/account-iam.ts';
import { Assuming } from '../src/posture/iam/assuming.ts';
import { judgedIdentity } from '../src/posture/iam/caller-requests.ts';
import { keyPolicies } from '../src/posture/iam/key-policies.ts';
import { accountsLetIn, Rights } from '../src/posture/iam/rights.ts';
import { verdictFor } from '../src/posture/iam/verdict.ts';
import { assessKey } from '../src/posture/key.ts';
import { keyPrincipals } from '../src/tables/key-principals.ts';
import { accountsWithRoles, keysOfAccounts } from './iam-accounts.ts';
import { print } from './print.ts';

const accounts = 100;
/** Pairs of the plain loop, which judges each by itself: all would take an hour. */
const plainPairs = 20_000;

/** What it costs to tell who can really use each key: 100 accounts × 1,000 roles × 100 keys, and rows of it. */
export async function iam(): Promise<void> {
  const all = accountsWithRoles(accounts);
  const byAccount = new Map(all.map((each) => [each.accountId, each]));
  const organization = {
    organizationId: 'o-bench000001',
    memberAccountIds: new Set(byAccount.keys()),
    knownAccounts: {},
  };
  const shared = seconds(() => together(byAccount, organization));
  const plain = seconds(() => onePairAfterAnother(byAccount, organization));
  const millions = (pairs: number) => pairs / 1_000_000;
  print(`Who can really use each key (${accounts} accounts × 1,000 roles × 100 keys)`, [
    {
      pairs: shared.result.pairs,
      rows: shared.result.rows,
      'CPU s': shared.cpu,
      'goal s': 120,
      'CPU s per million pairs': shared.cpu / millions(shared.result.pairs),
      'plain loop': plain.cpu / millions(plain.result),
      'RSS MiB': shared.rss,
      'goal MiB': 500,
    },
  ]);
}

function together(byAccount: ReadonlyMap<string, AccountIam>, organization: OrganizationKnowledge) {
  const rights = new Rights();
  const assuming = new Assuming(rights);
  const iamOf = (id: string) => byAccount.get(id) ?? null;
  let pairs = 0;
  let rows = 0;
  for (const facts of keysOfAccounts(accounts)) {
    const posture = assessKey(facts, organization, new Date());
    const key = keyPolicies(facts, organization);
    if (key === null) throw new Error(`key ${facts.arn} has no policy`);
    const letIn = accountsLetIn(posture.access(), key) ?? [...byAccount.keys()];
    const principals = letIn.flatMap((id) => rights.of(id, byAccount.get(id) ?? null, key));
    for (const id of letIn) pairs += byAccount.get(id)?.identities.length ?? 0;
    const throughRoles = new Map(
      principals.flatMap(({ principals: some }) =>
        some === 'root' ? [] : [...assuming.waysThrough(some, organization, iamOf, [...byAccount.keys()])],
      ),
    );
    rows += keyPrincipals.rows({ ...posture, principals, throughRoles }).length;
  }
  return { pairs, rows };
}

function onePairAfterAnother(
  byAccount: ReadonlyMap<string, AccountIam>,
  organization: OrganizationKnowledge,
): number {
  let pairs = 0;
  for (const facts of keysOfAccounts(accounts)) {
    const key = keyPolicies(facts, organization);
    for (const identity of byAccount.get(facts.scope.accountId)?.identities ?? []) {
      if (key !== null) verdictFor(judgedIdentity(identity), identity, key);
      if (++pairs === plainPairs) return pairs;
    }
  }
  return pairs;
}

function seconds<T>(work: () => T) {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return { result, cpu: (user + system) / 1_000_000, rss: Math.round(process.memoryUsage.rss() / 2 ** 20) };
}
