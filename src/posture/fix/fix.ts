/**
 * What a step changes, or what stands in the way where nothing is proposed. Steps of checks that a row alone tells, which
 * sql/fixes.sql writes, are `enable_rotation`, `connect_key_store` and `encrypt_by_default`.
 */
export type StepKind =
  | 'key_policy_statement'
  | 'grant'
  | 'replace_key'
  | 'bucket_default'
  | 'existing_objects'
  | 'enable_key'
  | 'iam_statement'
  | 'remove_statement'
  | 'remove_principals'
  | 'remove_from_list'
  | 'revoke_grant'
  | 'end_resource_share'
  /** It locks out on purpose: it is named, and no change of it is proposed. */
  | 'public_access_block'
  | 'organization_policy';

/** One step of a fix. Nothing is ever applied: a person reads it, and does it or not. */
export interface FixStep {
  readonly kind: StepKind;
  /** What is changed: the ARN of a key, bucket or resource, or whose IAM; ids of policies where these block. */
  readonly on: string;
  /**
   * What is added (a statement of a policy, the parameters of a grant), or which statement goes (`index`, `sid`,
   * `principals`); null: nothing is proposed, as `why` says, or the command says all.
   */
  readonly statement: unknown;
  /** For a POSIX shell with the AWS CLI, a line each; null: there is none. */
  readonly command: string | null;
  /** One sentence. */
  readonly why: string;
}

/** What ends a finding for some who fare alike. */
export interface Fix {
  /** In words, `account 111122223333`; the first hundred. */
  readonly for: readonly string[];
  /** How many there are. */
  readonly parties: number;
  /** `unlock`: the share is wanted, and works then; `take_away`: it is not, and ends. */
  readonly purpose: 'unlock' | 'take_away';
  /** In their order; all are needed. */
  readonly steps: readonly FixStep[];
}

const namesAtMost = 100;

export const fixFor = (
  names: readonly string[],
  purpose: Fix['purpose'],
  steps: readonly FixStep[],
): Fix => ({ for: names.slice(0, namesAtMost), parties: names.length, purpose, steps });

/** A step that cannot be proposed, and why. */
export const noStep = (kind: StepKind, on: string, why: string): FixStep => ({
  kind,
  on,
  statement: null,
  command: null,
  why,
});

/** Null where nothing is to be fixed. */
export const orNull = (fixes: readonly Fix[]): readonly Fix[] | null => (fixes.length === 0 ? null : fixes);
