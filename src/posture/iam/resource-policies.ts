import type { ResourceContext } from '../access/admission.ts';
import type { Source, SourcedPolicy } from './clauses.ts';
import type { GrantsByGrantee } from './grant-side.ts';

/** A policy that is there, or may be, and what is said of that. */
export interface UnreadPolicy extends Source {
  readonly problem: string;
}

/** What a resource itself says of who may use it. */
export interface ResourcePolicies {
  readonly policies: readonly SourcedPolicy[];
  /** Those that may deny anything. What they may allow is missing. */
  readonly unread: readonly UnreadPolicy[];
  /** Of keys; none of other resources. */
  readonly grants: GrantsByGrantee;
  /** Of the resource, its tags and its organization's policies included; without any caller. */
  readonly context: ResourceContext;
  /** Whether resource control policies cover it: not AWS managed keys, and not the resources of every service. */
  readonly underResourceControl: boolean;
  /**
   * Whether in its own account an identity policy is enough; of keys and roles their own policy must hand the decision
   * to IAM.
   */
  readonly needsNoPolicy: boolean;
}
