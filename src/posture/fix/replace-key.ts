import { known, notApplicable, notAsked } from '../../aws/fact.ts';
import type { KeyFacts } from '../key-facts.ts';
import type { ResolvedKey } from '../resource-key.ts';
import { bytesOf, keyPolicyBytes } from './document.ts';
import { type FixStep, noStep } from './fix.ts';
import { type Lock, type Party, type Subject, useOf } from './locked.ts';
import { type Move, standing } from './move.ts';
import { needsOfParty, unbound } from './needs.ts';
import { awsCommand } from './shell.ts';
import { type Need, shared, statementFor } from './statements.ts';

/** Of those whom no change of the key lets in: a customer managed key in its place that admits them for the resource. */
export function replaceKey(
  parties: readonly Party[],
  keys: readonly ResolvedKey[],
  lock: Lock,
): readonly Move[] {
  const { subject, replacing } = lock;
  const needs: (readonly Need[])[] = [];
  const served: Party[] = [];
  const moves: Move[] = [];
  for (const party of parties) {
    const ofParty = needsOfParty(party, lock);
    if (typeof ofParty === 'string') {
      // Another key is the way all the same: whom it lets in is for whoever knows what else is under it.
      const isUnbound = ofParty === unbound(subject.name);
      const rest = typeof replacing === 'string' || !isUnbound ? [] : replacing;
      moves.push(standing([party], noStep('replace_key', subject.arn, ofParty), ...rest));
    } else {
      served.push(party);
      needs.push(ofParty);
    }
  }
  if (served.length === 0) return moves;
  if (typeof replacing === 'string')
    return [standing(served, noStep('replace_key', subject.arn, replacing)), ...moves];
  const policy = policyOfNewKey(subject, needs);
  if (bytesOf(JSON.stringify(policy)) > keyPolicyBytes) {
    const why = `A key policy for all of them would pass ${keyPolicyBytes.toLocaleString('en')} bytes: share with fewer, or with the organization.`;
    return [standing(served, noStep('replace_key', subject.arn, why)), ...moves];
  }
  const made = [newKey(policy, subject), ...keys.slice(1)];
  const steps = [creating(policy, subject, served), ...replacing];
  return [{ parties: served, steps, keys: made }, ...moves];
}

function policyOfNewKey({ scope }: Subject, needs: readonly (readonly Need[])[]) {
  const own = {
    Effect: 'Allow',
    Principal: { AWS: `arn:${scope.partition}:iam::${scope.accountId}:root` },
    Action: 'kms:*',
    Resource: '*',
  };
  return { Version: '2012-10-17', Statement: [own, ...shared(needs).map(statementFor)] };
}

function creating(policy: object, { scope, name }: Subject, parties: readonly Party[]): FixStep {
  const words = ['--policy', JSON.stringify(policy), '--query', 'KeyMetadata.Arn', '--output', 'text'];
  const isManaged = parties.some((party) => useOf(party) === 'blocked_by_aws_managed_key');
  const why = isManaged
    ? 'An AWS managed key serves its own account only, and its policy cannot be changed'
    : 'The key that is named can never serve';
  return {
    kind: 'replace_key',
    on: `account ${scope.accountId}`,
    statement: policy,
    command: `KEY_ARN=$(${awsCommand('kms', 'create-key', scope.region, words)})`,
    why: `${why}: a customer managed key whose policy lets in the own account, and them for ${name} alone, takes its place, at its monthly fee.${isManaged ? ownText : ''}`,
  };
}

/**
 * The policy of an AWS managed key lets in whoever in its account is authorized to use the service (KMS developer guide,
 * "AWS managed keys" and "View the key policy", read 2026-11-30); that of the new one leaves it to IAM.
 */
const ownText =
  ' Users and roles of the own account then need the actions on the key by their IAM policies, which the AWS managed key asks of none of them.';

const newKeyId = '00000000-0000-0000-0000-000000000000';

/** Whether a key is one that a step before makes: its ARN is in `$KEY_ARN`. */
export const isNew = ({ keyId }: Pick<KeyFacts, 'keyId'>): boolean => keyId === newKeyId;

/** The key as it would be read. */
function newKey(policy: object, { scope }: Subject): ResolvedKey {
  const keyId = newKeyId;
  const arn = `arn:${scope.partition}:kms:${scope.region}:${scope.accountId}:key/${keyId}`;
  const facts: KeyFacts = {
    scope,
    keyId,
    arn,
    metadata: known({ ...asCreated, arn, accountId: scope.accountId, keyId }),
    policy: known(JSON.stringify(policy)),
    ramPolicy: known(null),
    grants: known([]),
    aliases: notAsked,
    tags: notAsked,
    rotationStatus: notAsked,
    rotations: notApplicable,
    lastUsage: notAsked,
  };
  const key = { state: 'found', facts } as const;
  return { key, arn, accountId: scope.accountId, type: 'customer_managed_aws_material', errors: [] };
}

const asCreated = {
  keyManager: 'CUSTOMER',
  origin: 'AWS_KMS',
  keySpec: 'SYMMETRIC_DEFAULT',
  keyUsage: 'ENCRYPT_DECRYPT',
  keyState: 'Enabled',
  enabled: true,
  description: null,
  creationDate: null,
  deletionDate: null,
  pendingDeletionWindowInDays: null,
  multiRegion: false,
  multiRegionKeyType: null,
  primaryKeyArn: null,
  replicaKeyArns: null,
  customKeyStoreId: null,
  cloudHsmClusterId: null,
  xksKeyId: null,
  expirationModel: null,
  validTo: null,
  currentKeyMaterialId: null,
  encryptionAlgorithms: null,
  signingAlgorithms: null,
  macAlgorithms: null,
  keyAgreementAlgorithms: null,
  encapsulationAlgorithms: null,
};
