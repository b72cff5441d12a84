import { type Fact, known, unread } from '../../../src/aws/fact.ts';
import type { OrganizationKnowledge } from '../../../src/posture/access/knowledge.ts';
import { type EntityLists, entityLists } from '../../../src/posture/cross-account/entity-lists.ts';
import type { IamOf } from '../../../src/posture/cross-account/judged.ts';
import type { CrossAccountUse } from '../../../src/posture/cross-account/use.ts';
import type { Access } from '../../../src/posture/policy/grammar.ts';
import { resourceExplanation } from '../../../src/posture/resource/explanation.ts';
import type { ResourceSharing, SnapshotPublicAccess } from '../../../src/posture/resource/resource-facts.ts';
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

export interface Judgement extends EntityLists {
  readonly use: CrossAccountUse;
  /** Of reading and of writing alone; null where the service has no such operation. */
  readonly read: CrossAccountUse | null;
  readonly write: CrossAccountUse | null;
  /** The operations that were judged. */
  readonly judged: readonly string[];
  /** Whom it lets in to anything; null: not read. */
  readonly shared: readonly string[] | null;
  readonly organizations: readonly string[] | null;
  readonly anyone: boolean | null;
  readonly access: readonly Access[] | null;
  readonly explanation: string;
}

/** What else is known of a resource. */
export interface Besides {
  /** Keys that open it as well. */
  readonly associated?: readonly ResolvedKey[];
  /** Keys that are needed as well, each with those that do in its place. */
  readonly further?: readonly (readonly ResolvedKey[])[];
  readonly resourceType?: string;
  /** Absent: it was not asked for. */
  readonly iam?: IamOf | undefined;
  readonly knowledge?: OrganizationKnowledge;
  readonly publicAccess?: Fact<SnapshotPublicAccess>;
}

/** The verdict over one resource of `data` under a key. */
export function judge(
  rules: ResourceRules,
  arn: string,
  shared: Shared,
  key: ResolvedKey,
  { associated = [], further = [], publicAccess, resourceType = 'resource', knowledge, iam }: Besides = {},
): Judgement {
  const associatedKeys = associated.map((one) => one.arn ?? '');
  const facts = {
    scope: { accountId: data, accountName: 'data', region, partition: 'aws' },
    resourceType,
    arn,
    encryption: known({ state: 'kms', key: null, associatedKeys } as const),
    sharing: shared === 'unread' ? unread(denied('kms:DescribeKey')) : known(sharingOf(shared)),
    ...(publicAccess && { publicAccess }),
  };
  const posture = resourcePosture(facts, rules, knowledge ?? organization);
  const keys = { resolved: key, associated, further };
  const verdict = resourceVerdict(posture, keys, iam);
  return {
    use: verdict.use,
    read: verdict.read?.use ?? null,
    write: verdict.write?.use ?? null,
    judged: verdict.operations.map(({ operation }) => operation.name),
    shared: posture.shared?.sharedAccountIds ?? null,
    organizations: posture.shared?.sharedOrganizationIds ?? null,
    anyone: posture.shared?.anyone ?? null,
    access: posture.shared?.access ?? null,
    explanation: resourceExplanation(posture, verdict, keys, noPolicies),
    ...entityLists(verdict.entities, shared !== 'unread'),
  };
}

function sharingOf(shared: Exclude<Shared, 'unread'>): ResourceSharing {
  if (shared !== null && 'by' in shared) return shared;
  return { by: 'policy', policy: shared === null ? null : policyOf(...shared) };
}

/** A statement of a resource's policy. */
export const allow = (
  arn: string,
  action: string | readonly string[],
  principal: unknown,
  condition?: object,
): Statement => ({
  Effect: 'Allow',
  Principal: typeof principal === 'string' ? { AWS: principal } : principal,
  Action: action,
  Resource: arn,
  ...(condition && { Condition: condition }),
});

/** A statement that takes away. */
export const deny = (arn: string, action: string, principal: unknown, condition?: object): Statement => ({
  ...allow(arn, action, principal, condition),
  Effect: 'Deny',
});
