import { type Fact, known, notApplicable, notAsked, readFact } from '../aws/fact.ts';
import type { Scope } from '../organization/model.ts';
import type { KeyFacts, KeyRead } from '../posture/key-facts.ts';
import { rotationReads } from '../posture/rotation.ts';
import type { KeyAlias, KeyListEntry, KeyMetadata } from '../services/kms/facts.ts';
import type { KmsReads } from '../services/kms/reads.ts';
import type { Operation } from '../services/operations.ts';
import type { RamShares } from './ram-shares.ts';
import type { AliasesByKey } from './region-aliases.ts';

/** What AWS is asked for each read about a key. */
export const keyCalls: Readonly<Record<KeyRead, Operation>> = {
  metadata: 'kms:DescribeKey',
  aliases: 'kms:ListAliases',
  tags: 'kms:ListResourceTags',
  rotationStatus: 'kms:GetKeyRotationStatus',
  rotations: 'kms:ListKeyRotations',
  policy: 'kms:GetKeyPolicy',
  ramPolicy: 'kms:GetKeyPolicy',
  grants: 'kms:ListGrants',
  lastUsage: 'kms:GetKeyLastUsage',
};

/** The AWS operations that some reads of a key take. */
export function callsOfReads(reads: ReadonlySet<KeyRead>): readonly Operation[] {
  const calls = [...reads].map((read) => keyCalls[read]);
  return reads.has('ramPolicy') ? [...calls, 'ram:ListResources'] : calls;
}

/** Reads that make no sense for every key: the metadata says for which. */
const dependentReads: ReadonlySet<KeyRead> = new Set(['tags', 'rotationStatus', 'rotations', 'lastUsage']);

/** What has to be read for these reads: themselves, and the metadata where it decides whether they make sense. */
export function withMetadata(reads: Iterable<KeyRead>): Set<KeyRead> {
  const all = new Set(reads);
  if ([...all].some((read) => dependentReads.has(read))) all.add('metadata');
  return all;
}

/** What keys are read with, in the account and region where they live. */
export interface KeyScope {
  readonly kms: KmsReads;
  readonly ram: RamShares;
}

/** A key as AWS tells of it alone: aliases come from a listing of their own. */
export type KeyReadings = Omit<KeyFacts, 'aliases'>;

/** The aliases of one key; known when those of its region are. */
export async function aliasesOf(
  keyId: string,
  aliases: Promise<AliasesByKey>,
): Promise<Fact<readonly KeyAlias[]>> {
  const all = await aliases;
  return all.state === 'known' ? known(all.value.get(keyId) ?? []) : all;
}

/**
 * Reads what is asked about one key: metadata first, since it tells which other reads make sense for the key,
 * then the rest at once. Null when AWS says that the key is gone.
 * @param aliases waited for only where nothing else tells whose the key is
 */
export async function readKey(
  { kms, ram }: KeyScope,
  scope: Scope,
  entry: KeyListEntry,
  aliases: Promise<AliasesByKey>,
  asked: ReadonlySet<KeyRead>,
): Promise<KeyReadings | null> {
  const metadata = asked.has('metadata') ? await readFact(kms.describeKey(entry.keyId)) : notAsked;
  if (isGone(metadata)) return null;
  const isAws =
    metadata.state === 'known'
      ? metadata.value.keyManager === 'AWS'
      : isByAws(await aliasesOf(entry.keyId, aliases));
  const sensible = sensibleReads(metadata, isAws);
  // Without metadata nobody knows whether the other reads apply: what they would have told is missing, too.
  const otherwise: Fact<never> = metadata.state === 'unread' && !isAws ? metadata : notApplicable;
  const read = <T>(name: KeyRead, call: () => Promise<T>): Promise<Fact<T>> | Fact<T> => {
    if (!asked.has(name)) return notAsked;
    return sensible.has(name) ? readFact(call()) : otherwise;
  };
  // A key that RAM does not share has no such policy; of one that may be shared, KMS says.
  const readRamPolicy = async () => ((await ram.mayShare(entry.keyId)) ? kms.ramPolicy(entry.keyId) : null);
  const [tags, rotationStatus, rotations, policy, ramPolicy, grants, lastUsage] = await Promise.all([
    read('tags', () => kms.tags(entry.keyId)),
    read('rotationStatus', () => kms.rotationStatus(entry.keyId)),
    read('rotations', () => kms.rotations(entry.keyId, true)),
    read('policy', () => kms.policy(entry.keyId)),
    read('ramPolicy', readRamPolicy),
    read('grants', () => allOf(kms.grants(entry.keyId))),
    read('lastUsage', () => kms.lastUsage(entry.keyId)),
  ]);
  // Of a key that was not described, the other reads tell.
  if (metadata === notAsked && (isGone(policy) || isGone(grants))) return null;
  return {
    scope,
    ...entry,
    metadata,
    tags,
    rotationStatus,
    rotations,
    policy,
    ramPolicy: isSame(policy, ramPolicy) ? known(null) : ramPolicy,
    grants,
    lastUsage,
  };
}

/**
 * The reads that AWS answers for such a key. AWS managed keys' policies deny all but the policy and the grants
 * (`aws/acm`, 2025-05-14); of a key whose metadata is unread nothing is guessed but that much.
 */
function sensibleReads(metadata: Fact<KeyMetadata>, isAws: boolean): ReadonlySet<KeyRead> {
  const always: KeyRead[] = ['policy', 'grants'];
  if (isAws) return new Set(always);
  if (metadata.state !== 'known') return new Set([...always, 'ramPolicy', 'tags']);
  const rotation = rotationReads(metadata.value);
  const sensible = new Set<KeyRead>([...always, 'ramPolicy', 'tags', 'lastUsage']);
  if (rotation.status) sensible.add('rotationStatus');
  if (rotation.rotations) sensible.add('rotations');
  return sensible;
}

/** An emulator that does not look at the name answers the one policy that it has; twice the same, it says no more. */
const isSame = (policy: Fact<string>, other: Fact<string | null>): boolean =>
  policy.state === 'known' && other.state === 'known' && policy.value === other.value;

const isGone = (fact: Fact<unknown>): boolean => fact.state === 'unread' && fact.error.reason === 'not_found';

function isByAws(aliases: Fact<readonly KeyAlias[]>): boolean {
  return aliases.state === 'known' && aliases.value.some(({ name }) => name.startsWith('alias/aws/'));
}

async function allOf<T>(pages: AsyncIterable<readonly T[]>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}
