import type { ResourceRules } from '../posture/resource/rules.ts';
import type { WhenKeyIsLost } from './key-loss.ts';

/**
 * One sort of resources that use KMS keys (queues; snapshots of EBS; volumes), by AWS's documentation: all that is
 * known of it without asking AWS. Choices of the spec, permissions, quotas and documentation are made from it.
 */
export interface SortRules extends ResourceRules {
  /** In a user's words: `Amazon SQS queues`. */
  readonly title: string;
  /**
   * Whether its service is read where the spec does not choose: what can be shared with other accounts, and what
   * audits and databases rest on. All sorts of a service say the same.
   */
  readonly byDefault: boolean;
  /** The words of the table's `resource_type` column, with what a reader must know of one, or null. */
  readonly resourceTypes: Readonly<Record<string, string | null>>;
  /**
   * The AWS operations by which it is listed and read, by the names of AWS's API reference, each with the requests per
   * second that AWS allows an account in a region; null where no quota is published: it is not paced.
   */
  readonly calls: Readonly<Record<string, number | null>>;
  /** Those of `calls` that tell nothing of its policy, but how it is encrypted or who has a replica; absent: none. */
  readonly encryptionCalls?: readonly string[];
  /**
   * Those of `calls` that are made in a region where there is none of it. Absent: the first alone. None where another
   * sort's listing tells of it.
   */
  readonly whenEmpty?: readonly string[];
  /** How it can be shared, AWS RAM aside: by a policy of its own, by a list of accounts, or not at all. */
  readonly sharedBy: 'policy' | 'accounts' | 'nothing';
  /** What breaks when the key is disabled or deleted, or the grant revoked: a word, or by cause. */
  readonly whenKeyIsLost: WhenKeyIsLost;
}
