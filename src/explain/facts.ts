import type { Grant } from '../services/kms/facts.ts';

/** What the database tells of something. */
export type Told<T> =
  | { readonly state: 'told'; readonly value: T }
  /** `why` is a phrase: what is missing, and what to do about it. */
  | { readonly state: 'not_told'; readonly why: string };

export const told = <T>(value: T): Told<T> => ({ state: 'told', value });
export const notTold = (why: string): Told<never> => ({ state: 'not_told', why });

/** Where a resource lives. */
export interface ResourcePlace {
  readonly arn: string;
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
}

/** How the data is encrypted at rest. */
export type Encryption =
  /** No KMS key stands in the way. `how` is a phrase. */
  | { readonly state: 'no_key'; readonly how: string }
  /** By a key that is named; `isAwsManaged` by what the resource's row says of its type. */
  | {
      readonly state: 'key';
      readonly arn: string | null;
      readonly isAwsManaged: boolean;
      readonly accountId: string | null;
    }
  | { readonly state: 'not_told'; readonly why: string };

export interface BucketTold extends ResourcePlace {
  readonly kind: 'bucket';
  readonly name: string;
  /** ARNs of the objects that are asked about, with `*`; null: all of them. */
  readonly objects: string | null;
  /** JSON; null: it has none. */
  readonly policy: Told<string | null>;
  readonly encryption: Encryption;
  /** Whether S3 asks the key for the bucket, not for the object; null: not known. */
  readonly usesBucketKey: boolean | null;
  /** Whether ACLs may let others in; null: not known. */
  readonly hasAcls: boolean | null;
  /** Block Public Access restricts the bucket, and its policy or ACL is public; null: not known. */
  readonly restrictsPublic: boolean | null;
  readonly isPublic: boolean | null;
}

export interface OtherTold extends ResourcePlace {
  readonly kind: 'resource';
  /** The word of the column `service`. */
  readonly service: string;
  readonly resourceType: string;
  readonly policy: Told<string | null>;
  /** The policy of what it is in, which holds for it as well (the registry of a repository); absent: there is no such. */
  readonly within?: Told<string | null>;
  readonly encryption: Encryption;
  /** The word of the column `key_checked_against`; null where the row has none. */
  readonly keyCheckedAgainst: string | null;
  /** What the row says of it all. */
  readonly explanation: string | null;
}

/** What decides on a key, as far as it is told. */
export interface KeyTold extends ResourcePlace {
  readonly state: Told<KeyState>;
  /** JSON. */
  readonly policy: Told<string>;
  /** JSON of the policy `AWS_RAM`; null: the key has none. */
  readonly ramPolicy: Told<string | null>;
  readonly grants: Told<readonly Grant[]>;
  /** Null: not known. */
  readonly tags: Readonly<Record<string, string>> | null;
}

/** As AWS writes them; null: not known. */
export interface KeyState {
  readonly keyManager: string | null;
  readonly keySpec: string | null;
  readonly keyUsage: string | null;
  readonly keyState: string | null;
}
