import type { Fact } from '../../aws/fact.ts';
import { actionsOf } from '../policy/action.ts';
import type { PolicyDocument } from '../policy/document.ts';
import type { Access } from '../policy/grammar.ts';
import { written } from '../policy/pattern.ts';
import type { Admission, ResourceContext } from './admission.ts';
import { withoutSourceFragments } from './fragments.ts';
import { type OrganizationKnowledge, viewpointOf } from './knowledge.ts';
import { mayLetInListed } from './not-principal.ts';
import type { AccessFinding } from './row.ts';
import { s3 } from './s3.ts';
import { serviceNames } from './service-names.ts';
import { sharedWith } from './shared-with.ts';
import { findingsOfPolicy } from './statements.ts';
import { isOutsideAccount, trustOf } from './trust.ts';
import { readPolicyOf } from './understood.ts';

/** What decides whom a bucket policy lets in. */
export interface BucketPolicyFacts {
  /** `arn:aws:s3:::bucket`. */
  readonly arn: string;
  readonly accountId: string;
  readonly partition: string;
  /** The owner's canonical user id; null when not known. */
  readonly ownCanonicalId: string | null;
  /** Known null: the bucket has no policy. */
  readonly policy: Fact<string | null>;
  /** Whether KMS encrypts the objects, by the bucket's default. */
  readonly underKms?: boolean;
}

/** Whom one bucket policy lets in, public access blocks aside. */
export interface BucketAccess {
  readonly findings: readonly AccessFinding[];
  /** Null when there is none, or it was not read. */
  readonly policy: PolicyDocument | null;
  /** False when the policy was unread or not understood, or AWS does not say whom it means: more may be let in. */
  readonly complete: boolean;
  readonly context: ResourceContext;
  /** Other accounts let in to read objects, ascending. */
  readonly sharedAccountIds: readonly string[];
  /** Other accounts let in to write objects, ascending. */
  readonly writeAccountIds: readonly string[];
  /** Organizations let in to read objects, ascending. */
  readonly sharedOrganizationIds: readonly string[];
  /** Anyone, under conditions or not, is let in to read objects. */
  readonly sharedWithAnyone: boolean;
  /** AWS services let in to read objects by their service principal (or pseudo-account), ascending. */
  readonly sharedServices: readonly string[];
}

export function accessToBucket(facts: BucketPolicyFacts, organization: OrganizationKnowledge): BucketAccess {
  const context: ResourceContext = {
    grammar: s3,
    arn: facts.arn,
    partition: facts.partition,
    viewpoint: viewpointOf(organization, facts.accountId),
    ownCanonicalId: facts.ownCanonicalId,
    request: null,
    underKms: facts.underKms ?? false,
  };
  const text = facts.policy.state === 'known' ? facts.policy.value : null;
  const policy = text === null ? null : readPolicyOf(s3, text);
  const findings = policy === null ? [] : findingsOfPolicy(policy, 'bucket_policy', context);
  const admissions = findings.flatMap((finding) => withoutSourceFragments(finding.admissions));
  const named = findings.flatMap((finding) => finding.named);
  const proven = admissions.filter(({ unknownAction }) => unknownAction === null);
  const readers = withAccess(proven, 'read');
  const sharedTo = (list: readonly Admission[]) =>
    sharedWith(
      list.filter((admission) => isOutsideAccount(trustOf(admission, context))),
      named,
      context,
    );
  const { sharedAccountIds, sharedOrganizationIds } = sharedTo(readers);
  return {
    findings,
    policy,
    complete:
      facts.policy.state === 'known' && policy?.understood !== false && !mayLetInListed(findings, context),
    context,
    sharedAccountIds,
    writeAccountIds: sharedTo(withAccess(proven, 'write')).sharedAccountIds,
    sharedOrganizationIds,
    sharedWithAnyone: readers.some((admission) => trustOf(admission, context) === 'anyone'),
    sharedServices: servicesIn(readers, context),
  };
}

function withAccess(admissions: readonly Admission[], access: Access): readonly Admission[] {
  const catalog = actionsOf(s3);
  return admissions.filter(({ actions }) => catalog.access(actions).includes(access));
}

function servicesIn(admissions: readonly Admission[], context: ResourceContext): readonly string[] {
  const named = admissions.flatMap((admission) => {
    const { caller, principal } = admission;
    if (caller === 'service') {
      const names = serviceNames(admission)?.map(written);
      return names ?? (principal.type === 'service' ? [principal.text] : []);
    }
    return trustOf(admission, context) === 'service' ? [principal.text] : [];
  });
  return [...new Set(named)].sort();
}
