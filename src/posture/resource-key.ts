import type { AwsError } from '../aws/error.ts';
import type { KeyFacts } from './key-facts.ts';
import type { KeyTypeName } from './key-types.ts';

/** The key behind a resource, as far as it could be found out without creating one. */
export type ResourceKey =
  /** No KMS key of this or another account: an AWS owned key, or no encryption by KMS. */
  | { readonly state: 'none' }
  /** An AWS managed key; `facts` is null when it is not created yet or could not be read. */
  | { readonly state: 'aws_managed'; readonly facts: KeyFacts | null }
  | { readonly state: 'found'; readonly facts: KeyFacts }
  /** No key that could serve: it does not exist, is elsewhere, or is not named at all; `problem` is a phrase. */
  | { readonly state: 'gone'; readonly problem: string }
  /** Not known; `problem` is a phrase. */
  | { readonly state: 'unknown'; readonly problem: string };

/** A reference followed to its key. */
export interface ResolvedKey {
  readonly key: ResourceKey;
  /** Null when not resolved, and for AWS managed keys that do not exist yet. */
  readonly arn: string | null;
  /** The account that owns the key; null when there is none or it is not known. */
  readonly accountId: string | null;
  /** Null when it cannot be told. */
  readonly type: KeyTypeName | null;
  /** The reads that failed on the way. */
  readonly errors: readonly AwsError[];
}

/** The keys behind a resource. */
export interface ResourceKeys {
  readonly resolved: ResolvedKey;
  /** Those that open it as well, each by itself. */
  readonly associated: readonly ResolvedKey[];
  /** Those that are needed beside it, each with those that do in its place behind it. */
  readonly further: readonly (readonly ResolvedKey[])[];
}

export const allKeys = ({ resolved, associated, further }: ResourceKeys): readonly ResolvedKey[] => [
  resolved,
  ...associated,
  ...further.flat(),
];

/** A resource without a KMS key. @param type `aws_owned`, or null where nothing encrypts it */
export const withoutKey = (type: 'aws_owned' | null): ResolvedKey => ({
  key: { state: 'none' },
  arn: null,
  accountId: null,
  type,
  errors: [],
});

/** A resource whose encryption is not known. */
export const keyNotKnown = (problem: string): ResolvedKey => ({
  key: { state: 'unknown', problem },
  arn: null,
  accountId: null,
  type: null,
  errors: [],
});
