import type { ReaderCalls } from '../cross-account/judged.ts';
import type { ServiceGrammar } from '../policy/grammar.ts';

/** An operation of other accounts on a resource. */
export interface ResourceOperation {
  /** `publish`, `receive`, `copy`, …: the word of `judged_operation`. */
  readonly name: string;
  /**
   * `read` and `write` of data, the verdicts of `cross_account_read` and `cross_account_write`. `other`: what says
   * little of the data (its description, deleting a message by its receipt); it is judged for those who are let in
   * to nothing more.
   */
  readonly access: 'read' | 'write' | 'other';
  /**
   * What a resource's policy must allow one principal: an action of each group, `[['sqs:ReceiveMessage']]`; null
   * where a list of accounts shares it, AWS RAM, or a replica in another account.
   */
  readonly actions: readonly (readonly string[])[] | null;
  /** Where a list shares it: what whoever is on the list calls in the own account. */
  readonly readerCalls?: ReaderCalls;
  /**
   * Whose permission on the key the service checks. `caller`: whoever uses the resource. `service`: the service
   * itself, by a grant made when the resource was set up; then only the key's state can stop another account.
   * `none`: the key plays no part.
   */
  readonly checkedAgainst: 'caller' | 'service' | 'none';
  /** All that KMS must allow a caller that is checked: `kms:Decrypt`; none where no caller is. */
  readonly keyActions: readonly string[];
}

/** What the rules must know of a service to judge its resources. */
export interface ResourceRules {
  /** The word of the table's `service` column: `sqs`. */
  readonly service: string;
  /** How KMS names the service that calls it, `kms:ViaService` without region and suffix: `sqs`, `ec2` for EBS. */
  readonly viaService: string;
  /** The AWS managed key that is used where KMS is on and no key is named: `alias/aws/sqs`; null: there is none. */
  readonly defaultAlias: string | null;
  /**
   * Why it is not known whether that key keeps other accounts out where a caller's permission is checked, as a phrase;
   * absent: its policy does.
   */
  readonly managedKeyDoubt?: string;
  /**
   * Whose permission on the key the service checks for the data as a whole; an operation may differ. `both`: the
   * key's policy must admit the service itself and whoever uses the resource.
   */
  readonly checkedAgainst: 'caller' | 'service' | 'both';
  /** Whether resource control policies cover the service ("RCPs" of the Organizations user guide, as of 2026-01-23). */
  readonly coveredByRcps: boolean;
  /** The actions of its resource policies; those of a service without such policies are none. */
  readonly grammar: ServiceGrammar;
  /** What its policies let in to and is not among them is judged as `describe`, `manage` or `do in part`. */
  readonly operations: readonly ResourceOperation[];
  /** The encryption context that the service sends: key → value, `*` for any text. */
  readonly encryptionContext: (arn: string) => Readonly<Record<string, string>>;
  /** What its explanations add: ways in, or out of a lock, that are not read. */
  readonly caveat?: string;
  /** AWS RAM shares it as well, which lets in to the operations that a list shares. */
  readonly alsoSharedByRam?: true;
  /** How ARNs begin of what RAM shares of it, where that is parts of it; absent: RAM shares it whole, by its own ARN. */
  readonly ramSharesParts?: (arn: string) => string;
  /** What it is in, whose policy decides as well: `its domain`. */
  readonly within?: string;
  /** The ARN by which the policy of that has its row; absent where it may be another account's. */
  readonly withinArn?: (arn: string) => string;
  /** The ARN by which policies name it, where that is not its own: that of the instance for a grant of it. */
  readonly policyNames?: (arn: string) => string;
  /** It keeps nothing: its key is that of what it lets in to, and no use of the key besides. */
  readonly keyOfAnother?: true;
  /** Set where a resource without a policy is open to some: why others may be let in to it, as a phrase. */
  readonly withoutPolicy?: string;
}

/** The groups of an operation for which one action is enough. */
export const oneOf = (service: string, names: string): readonly (readonly string[])[] => [
  names.split(' ').map((name) => `${service}:${name}`),
];

/** The groups of an operation that needs every one of some actions. */
export const allOf = (service: string, names: string): readonly (readonly string[])[] =>
  names.split(' ').map((name) => [`${service}:${name}`]);

/** Whose permission on the key is checked for an operation, and for what. */
type KeyCheck = Pick<ResourceOperation, 'checkedAgainst' | 'keyActions'>;

/** KMS must allow whoever uses the resource all of these. */
export const byCaller = (...keyActions: readonly string[]): KeyCheck => ({
  checkedAgainst: 'caller',
  keyActions,
});

/** The service uses the key by a grant that was made when the resource was set up. */
export const byService: KeyCheck = { checkedAgainst: 'service', keyActions: [] };

/** The key plays no part. */
export const byNobody: KeyCheck = { checkedAgainst: 'none', keyActions: [] };

type Operation = (name: string, actions: ResourceOperation['actions'], check: KeyCheck) => ResourceOperation;

/** An operation that reads data. */
export const reading: Operation = (name, actions, check) => ({ name, access: 'read', actions, ...check });

/** One that writes data. */
export const writing: Operation = (name, actions, check) => ({ name, access: 'write', actions, ...check });

/** One that says little of the data. */
export const doingElse: Operation = (name, actions, check) => ({ name, access: 'other', actions, ...check });
