import { describe, expect, it } from 'vitest';
import { known } from '../../src/aws/fact.ts';
import type { EncryptionState, ResourceSharing } from '../../src/posture/resource/resource-facts.ts';
import type { ResourceOperation } from '../../src/posture/resource/rules.ts';
import { resourcePosture, resourceVerdict } from '../../src/posture/resource/verdict.ts';
import { type ResolvedKey, withoutKey } from '../../src/posture/resource-key.ts';
import { sorts } from '../../src/services/catalogue.ts';
import type { SortRules } from '../../src/services/sort-rules.ts';
import {
  awsManagedKey,
  customerKey,
  data,
  organization,
  policyOf,
  region,
  vendor,
} from '../posture/cross-account/cast.ts';
import { oneKey } from '../posture/resource/one-key.ts';

/* Each operation of each sort that can be shared, under each kind of key, for nobody else, one account and everybody. */

const keys: Readonly<Record<string, { readonly state: EncryptionState; readonly key: ResolvedKey }>> = {
  'the default key that AWS manages': { state: 'kms', key: awsManagedKey() },
  'a customer key that lets nobody else in': { state: 'kms', key: customerKey() },
  'the same of another account': { state: 'kms', key: customerKey({ account: '555566667777' }) },
  'a key that AWS owns': { state: 'aws_owned', key: withoutKey('aws_owned') },
};

/** What whoever is let in to an operation meets. */
function met({ checkedAgainst }: ResourceOperation, { managedKeyDoubt }: SortRules, kind: string): string {
  if (kind === 'a key that AWS owns' || checkedAgainst === 'none') return 'no_kms_barrier';
  if (checkedAgainst === 'service') return 'possible';
  if (kind !== 'the default key that AWS manages') return 'blocked_by_key_policy';
  return managedKeyDoubt === undefined ? 'blocked_by_aws_managed_key' : 'unknown';
}

/** What lets a principal, or nobody, in to an operation. */
function sharing({ actions }: ResourceOperation, who: string | null): ResourceSharing {
  if (actions === null) {
    const accountIds = who === null || who === '*' ? [] : [who];
    return { by: 'accounts', accountIds, everybody: who === '*' };
  }
  const Action = actions.map(([first]) => first);
  const statement = { Effect: 'Allow', Principal: who === '*' ? '*' : { AWS: who }, Action, Resource: '*' };
  return { by: 'policy', policy: who === null ? null : policyOf(statement) };
}

/** What became of each that is let in to the operation. */
function usesOf(rules: SortRules, operation: ResourceOperation, kind: string, who: string | null) {
  const { state, key } = keys[kind] as (typeof keys)[string];
  const [resourceType = ''] = Object.keys(rules.resourceTypes);
  const facts = {
    scope: { accountId: data, accountName: null, region, partition: 'aws' },
    resourceType,
    arn: `arn:aws:${rules.service}:${region}:${data}:${resourceType}/shared`,
    encryption: known({ state, key: null }),
    sharing: known(sharing(operation, who)),
  };
  const verdict = resourceVerdict(resourcePosture(facts, rules, organization), oneKey(key));
  const judged = verdict.operations.find((one) => one.operation.name === operation.name);
  return (judged?.entities ?? []).map(({ use }) => use);
}

const operations = sorts.flatMap((rules) =>
  rules.operations
    .filter(
      ({ access, actions }) => access !== 'other' && (actions !== null || rules.sharedBy === 'accounts'),
    )
    .map((operation) => [`${rules.title}: ${operation.name}`, rules, operation] as const),
);

describe.each(operations)('%s', (_name, rules, operation) => {
  it.each(Object.keys(keys))('under %s', (kind) => {
    const expected = met(operation, rules, kind);
    expect(usesOf(rules, operation, kind, null)).toEqual([]);
    expect(usesOf(rules, operation, kind, vendor)).toEqual([expected]);
    // The account of the key is among everybody, and its key lets it in.
    const isOwners = kind === 'the same of another account' && expected === 'blocked_by_key_policy';
    expect(usesOf(rules, operation, kind, '*')).toEqual(isOwners ? ['possible', expected] : [expected]);
  });
});
