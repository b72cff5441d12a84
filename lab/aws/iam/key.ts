import { allowsByGrant, type Grant, isGrantee } from './grant.ts';
import type { Policy } from './policy.ts';
import type { Reading } from './readings.ts';
import type { Caller, Request } from './request.ts';
import { decide, narrowed } from './statement.ts';

/** A KMS key with all that decides who may use it. */
export interface Key {
  readonly arn: string;
  readonly owner: string;
  readonly manager: 'CUSTOMER' | 'AWS';
  readonly state: string;
  readonly spec: string;
  readonly usage: string;
  readonly policy: Policy;
  /** The policy that RAM manages (`AWS_RAM`); null: there is none. */
  readonly ram: Policy | null;
  readonly grants: readonly Grant[];
}

/**
 * What KMS honours for callers of other accounts; permission to anything else has no effect (KMS developer guide,
 * "Allowing users in other accounts to use a KMS key", read 2026-11-28).
 */
const acrossAccounts: ReadonlySet<string> = new Set(
  [
    'Decrypt',
    'Encrypt',
    'GenerateDataKey',
    'GenerateDataKeyWithoutPlaintext',
    'GenerateDataKeyPair',
    'GenerateDataKeyPairWithoutPlaintext',
    'GenerateMac',
    'VerifyMac',
    'Sign',
    'Verify',
    'DeriveSharedSecret',
    'Encapsulate',
    'Decapsulate',
    'GetPublicKey',
    'ReEncryptFrom',
    'ReEncryptTo',
    'DescribeKey',
    'GetKeyRotationStatus',
    'CreateGrant',
    'ListGrants',
    'RetireGrant',
    'RevokeGrant',
  ].map((name) => `kms:${name}`),
);

/**
 * Whether the key's side allows a call: its policies or a grant, and no Deny. IAM in the caller's account is aside, and
 * so is the owner's own account, which other rules hold for. A key that AWS manages for its owner serves nobody else.
 */
export function allowsByKey(key: Key, request: Request, reading: Reading): boolean {
  const { caller, action } = request;
  if (caller.kind === 'anonymous') return false;
  const isForeign = caller.kind !== 'service' && caller.account !== key.owner;
  if (isForeign && !servesAcrossAccounts(key, action)) return false;
  const decision = decide(policiesOf(key), request, reading);
  if (decision !== 'silent') return decision === 'allowed';
  return key.grants.some((grant) => allowsByGrant(grant, request, reading));
}

/** Whether KMS honours a permission to an action on the key for callers of other accounts at all. */
export const servesAcrossAccounts = ({ manager }: Key, action: string): boolean =>
  manager !== 'AWS' && acrossAccounts.has(action);

export const policiesOf = ({ policy, ram }: Key): readonly Policy[] =>
  ram === null ? [policy] : [policy, ram];

/** What of the key can decide on a caller's action; null: nothing of it can allow it. */
export function narrowedKey(key: Key, caller: Caller, action: string, reading: Reading): Key | null {
  const narrow = (policy: Policy): Policy => narrowed(policy, caller, action, key.arn, reading);
  const small = {
    ...key,
    policy: narrow(key.policy),
    ram: key.ram === null ? null : narrow(key.ram),
    grants: key.grants.filter((grant) => isGrantee(grant, caller, reading)),
  };
  const statements = [...small.policy.Statement, ...(small.ram?.Statement ?? [])];
  if (statements.some(({ Effect, Condition }) => Effect === 'Deny' && Condition === undefined)) return null;
  return small.grants.length > 0 || statements.some(({ Effect }) => Effect === 'Allow') ? small : null;
}

/** Whether the key can encrypt for a service at all. */
export const serves = (key: Key): boolean =>
  key.state === 'Enabled' && key.spec === 'SYMMETRIC_DEFAULT' && key.usage === 'ENCRYPT_DECRYPT';
