import type { ServiceGrammar } from '../policy/grammar.ts';

/** An operation of other accounts on a resource that needs its key. */
export interface ResourceOperation {
  /** `publish`, `receive`, `copy`, …: the word of `judged_operation`. */
  readonly name: string;
  /**
   * What a resource's policy allows that lets in to it, one of them: `sqs:ReceiveMessage`; null where a list of
   * accounts shares it.
   */
  readonly actions: readonly string[] | null;
  /** All that KMS must allow a caller that is checked: `kms:Decrypt`; none where the service is checked. */
  readonly keyActions: readonly string[];
}

/** What the rules must know of a service to judge its resources. */
export interface ResourceRules {
  /** The word of the table's `service` column: `sqs`. */
  readonly service: string;
  /** How KMS names the service that calls it, `kms:ViaService` without region and suffix: `sqs`, `ec2` for EBS. */
  readonly viaService: string;
  /** The AWS managed key that is used where KMS is on and no key is named: `alias/aws/sqs`. */
  readonly defaultAlias: string;
  /**
   * Whose permission on the key the service checks. `caller`: whoever uses the resource. `service`: the service
   * itself, by a grant made when the resource was set up; then only the key's state can stop another account.
   */
  readonly checkedAgainst: 'caller' | 'service';
  /** The actions of its resource policies; those of a service without such policies are none. */
  readonly grammar: ServiceGrammar;
  readonly operations: readonly ResourceOperation[];
  /** The encryption context that the service sends: key → value, `*` for any text. */
  readonly encryptionContext: (arn: string) => Readonly<Record<string, string>>;
  /** What its explanations add: ways in, or out of a lock, that are not read. */
  readonly caveat?: string;
}
