import type { AwsError } from '../aws/error.ts';
import type { Fact } from '../aws/fact.ts';
import type { Scope } from '../organization/model.ts';
import type {
  Grant,
  KeyAlias,
  KeyLastUsage,
  KeyMetadata,
  Rotation,
  RotationStatus,
} from '../services/kms/facts.ts';

/** Everything that was read, or tried, about one KMS key that ListKeys named. */
export interface KeyFacts {
  readonly scope: Scope;
  readonly keyId: string;
  readonly arn: string;
  readonly metadata: Fact<KeyMetadata>;
  readonly aliases: Fact<readonly KeyAlias[]>;
  readonly tags: Fact<Readonly<Record<string, string>>>;
  readonly rotationStatus: Fact<RotationStatus>;
  readonly rotations: Fact<readonly Rotation[]>;
  /** The key policy's JSON text, as AWS gave it. */
  readonly policy: Fact<string>;
  /** The second key policy, `AWS_RAM`, of a key that AWS RAM shares; null: the key has none. */
  readonly ramPolicy: Fact<string | null>;
  readonly grants: Fact<readonly Grant[]>;
  readonly lastUsage: Fact<KeyLastUsage>;
}

/** The reads about a key; each is made where a selected table needs it. */
export type KeyRead = Exclude<keyof KeyFacts, 'scope' | 'keyId' | 'arn'>;

/** Why reads of a key failed, of those named: one error each, however many reads it cost. */
export function failedReads(facts: KeyFacts, reads: readonly KeyRead[]): readonly AwsError[] {
  const answers: readonly Fact<unknown>[] = reads.map((read) => facts[read]);
  return [...new Set(answers.flatMap((answer) => (answer.state === 'unread' ? [answer.error] : [])))];
}
