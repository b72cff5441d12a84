import type { ScopeAccess } from '../aws/scope-access.ts';
import type { Scope } from '../organization/model.ts';
import type { ResourceFacts } from '../posture/resource/resource-facts.ts';
import type { ResourceRules } from '../posture/resource/rules.ts';
import type { Operation } from './operations.ts';

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

/**
 * One sort of resources that use KMS keys (queues; snapshots of EBS; volumes): what the rules must know of it, and
 * how it is listed. A service may have several; they are of one `service`.
 *
 * To add a service:
 * 1. `src/aws/<service>.ts`: its calls, in plain types, each by `serviceCalls` (see `sqs.ts`); their names in
 *    `src/spec/operations.ts`, codes that `src/aws/error-codes.ts` does not know there.
 * 2. `src/enumerate/resources/<service>.ts`: one object of this type. Its default key is in AWS's documentation of
 *    the service; "absent" means the default only after a successful read.
 * 3. A line in `resources/index.ts`.
 * 4. Cases in `test/posture/resource/<service>.test.ts`, and the service in `lab/aws/services/` to read it from.
 * 5. `npm run docs`, so that the policies of roles allow its calls.
 */
export interface ResourceService extends ResourceRules {
  /** The operations behind `list` and what it yields. */
  readonly calls: readonly Operation[];
  /** Pages of resources of one account and region. Rejects with AwsError only. */
  list(access: ScopeAccess, scope: Scope): AsyncIterable<readonly ReadResource[]>;
}
