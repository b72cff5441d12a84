import type { ScopeAccess } from '../aws/scope-access.ts';
import type { Scope } from '../organization/model.ts';
import type { ResourceFacts } from '../posture/resource/resource-facts.ts';
import type { ResourceRules } from '../posture/resource/rules.ts';
import type { SortRules } from './sort-rules.ts';

/** A resource with what the rules must know to judge it. */
export interface FoundResource {
  readonly rules: ResourceRules;
  readonly facts: ResourceFacts;
}

/**
 * Reads one resource that was listed, by the rules of its sort, or with parts of it that have rules of their own;
 * null when it was deleted meanwhile. Throws only when the sync is stopped.
 */
export type ReadResource = () => Promise<ResourceFacts | readonly FoundResource[] | null>;

/** What is read of a resource that was listed: all, or only what tells its policy. */
export type Wanted = 'all' | 'policy';

/**
 * How one sort of resources is listed. A service may have several sorts; they are of one `service`.
 *
 * To add a service that "gives its resources in one paged call, maybe with one call more for each, and one for its
 * policy": a folder with `rules.ts`, what is known of it without asking, and `resources.ts`, which calls by
 * `listedService` (see `kinesis`). Any other has calls of its own (see `sqs`). Then its rules in `catalogue.ts` and
 * a line in `every-service.ts`; cases in `test/services/<service>`; the service in `lab/aws/services` to read it from; and
 * `npm run docs`. Its default key is in AWS's documentation of the service; "absent" means the default only after a
 * successful read.
 */
export interface ResourceService {
  readonly rules: SortRules;
  /**
   * Pages of resources of one account and region; where only the policy is wanted, calls that just tell how a resource
   * is encrypted are left out, and that is `not_asked`. Rejects with AwsError only.
   */
  list(access: ScopeAccess, scope: Scope, wanted: Wanted): AsyncIterable<readonly ReadResource[]>;
}
