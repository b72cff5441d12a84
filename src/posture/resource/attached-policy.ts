import { type Fact, known } from '../../aws/fact.ts';
import type { Scope } from '../../organization/model.ts';
import { s3 } from '../access/s3.ts';
import { readPolicyOf } from '../access/understood.ts';
import type { BucketFacts } from '../bucket/bucket-facts.ts';
import type { PolicyDocument } from '../policy/document.ts';
import type { ServiceGrammar } from '../policy/grammar.ts';
import type { ResourceFacts, ResourceSharing } from './resource-facts.ts';
import type { ResourceRules } from './rules.ts';

/** A resource that can have a policy, with the one that verdicts about it are built on. */
export interface AttachedPolicy {
  /** The account, and the region of the resource. */
  readonly scope: Scope;
  /** `s3`, or the service of the resource's rules. */
  readonly service: string;
  /** `bucket`, `queue`, … */
  readonly resourceType: string;
  readonly arn: string;
  /** Known null: it has none. */
  readonly document: Fact<PolicyDocument | null>;
}

export const policyOfBucket = ({ scope, arn, policy }: BucketFacts): AttachedPolicy => ({
  scope,
  service: 's3',
  resourceType: 'bucket',
  arn,
  document: documentOf(policy, s3),
});

/** Null: a resource of its kind has none of its own, but is shared by a list of accounts, or not at all. */
export function policyOfResource(
  { scope, resourceType, arn, sharing }: ResourceFacts,
  { service, grammar }: Pick<ResourceRules, 'service' | 'grammar'>,
): AttachedPolicy | null {
  const policy = policyIn(sharing);
  return policy && { scope, service, resourceType, arn, document: documentOf(policy, grammar) };
}

function policyIn(sharing: Fact<ResourceSharing>): Fact<string | null> | null {
  if (sharing.state !== 'known') return sharing;
  const { value } = sharing;
  return value.by === 'policy' && value.onlyTo === undefined ? known(value.policy) : null;
}

/** As verdicts take it: not understood, too, where it allows what the service's grammar lacks. */
function documentOf(policy: Fact<string | null>, grammar: ServiceGrammar): Fact<PolicyDocument | null> {
  if (policy.state !== 'known') return policy;
  return known(policy.value === null ? null : readPolicyOf(grammar, policy.value));
}
