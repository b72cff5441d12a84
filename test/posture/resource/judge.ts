import { known, unread } from '../../../src/aws/fact.ts';
import { type PartyLists, partyLists } from '../../../src/posture/cross-account/party-lists.ts';
import type { CrossAccountUse } from '../../../src/posture/cross-account/use.ts';
import { resourceExplanation } from '../../../src/posture/resource/explanation.ts';
import type { ResourceSharing } from '../../../src/posture/resource/resource-facts.ts';
import type { ResourceRules } from '../../../src/posture/resource/rules.ts';
import { resourcePosture, resourceVerdict } from '../../../src/posture/resource/verdict.ts';
import type { ResolvedKey } from '../../../src/posture/resource-key.ts';
import {
  data,
  denied,
  noPolicies,
  organization,
  policyOf,
  region,
  type Statement,
} from '../cross-account/cast.ts';

/** How a resource of a case is shared: by the statements of its policy, by a list of accounts, or not read. */
export type Shared = readonly Statement[] | Extract<ResourceSharing, { by: 'accounts' }> | null | 'unread';

export interface Judgement extends PartyLists {
  readonly use: CrossAccountUse;
  /** The operations that were judged. */
  readonly judged: readonly string[];
  readonly explanation: string;
}

/** The verdict over one resource of `data` under a key. */
export function judge(rules: ResourceRules, arn: string, shared: Shared, key: ResolvedKey): Judgement {
  const facts = {
    scope: { accountId: data, accountName: 'data', region, partition: 'aws' },
    resourceType: 'resource',
    arn,
    encryption: known({ state: 'kms', key: null } as const),
    sharing: shared === 'unread' ? unread(denied('kms:DescribeKey')) : known(sharingOf(shared)),
  };
  const posture = resourcePosture(facts, rules, organization);
  const verdict = resourceVerdict(posture, key);
  return {
    use: verdict.use,
    judged: verdict.operations.map(({ operation }) => operation.name),
    explanation: resourceExplanation(posture, verdict, key, noPolicies),
    ...partyLists(verdict.parties, shared !== 'unread'),
  };
}

function sharingOf(shared: Exclude<Shared, 'unread'>): ResourceSharing {
  if (shared !== null && 'by' in shared) return shared;
  return { by: 'policy', policy: shared === null ? null : policyOf(...shared) };
}

/** A statement of a resource's policy. */
export const allow = (arn: string, action: string, principal: unknown, condition?: object): Statement => ({
  Effect: 'Allow',
  Principal: typeof principal === 'string' ? { AWS: principal } : principal,
  Action: action,
  Resource: arn,
  ...(condition && { Condition: condition }),
});
