import { type AwsError, isFailedRead } from '../aws/error.ts';
import { notAsked, valueOrNull } from '../aws/fact.ts';
import type { Scope } from '../organization/model.ts';
import { failedReads, type KeyFacts, type KeyRead } from '../posture/key-facts.ts';
import { isAwsManagedAlias, type KeyReference, misdirection } from '../posture/key-reference.ts';
import { classify } from '../posture/key-types.ts';
import { type ResolvedKey, withoutKey } from '../posture/resource-key.ts';
import type { KeyListEntry } from '../services/kms/facts.ts';
import type { Operation } from '../services/operations.ts';
import type { Visit } from './enumerator.ts';
import { keyCalls, readKey } from './key-reads.ts';

/** How much of a key is asked: what it is, or also who may use it. */
export type KeyDepth = 'identity' | 'access';

/** What AWS is asked about the keys behind resources, in the accounts that own the keys. */
export const lookupCalls: readonly Operation[] = [
  keyCalls.aliases,
  keyCalls.metadata,
  keyCalls.policy,
  keyCalls.grants,
  'ram:ListResources',
];

/** Alias name → key id; null for a predefined alias whose key does not exist yet. */
type AliasIndex = ReadonlyMap<string, string | null>;

/**
 * Follows the key references of resources to their keys, in whatever account and region these live, through the
 * sync's one way into each. Never creates a key: aliases are looked up in ListAliases, never described. Answers
 * do not depend on the shard or on filters, since any member account may be entered.
 */
export class KeyResolver {
  readonly #visit: Pick<Visit, 'scopes' | 'options'>;
  readonly #aliases = new Map<string, Promise<AliasIndex>>();
  readonly #keys = new Map<string, Promise<ResolvedKey>>();

  constructor(visit: Pick<Visit, 'scopes' | 'options'>) {
    this.#visit = visit;
  }

  /**
   * @param scope where the resource lives: a reference that fixes no account or region is resolved there
   * @throws only when the sync is stopped
   */
  async resolve(reference: KeyReference, scope: Scope, depth: KeyDepth): Promise<ResolvedKey> {
    if (reference.form === 'none') return withoutKey(null);
    const problem = misdirection(reference, scope);
    if (problem === null) return this.#follow(reference, scope, depth);
    // Of a key elsewhere it is worth knowing what it is; what names no key leads to no call.
    const isElsewhere =
      reference.region !== null && (reference.partition ?? scope.partition) === scope.partition;
    const elsewhere = isElsewhere ? await this.#follow(reference, scope, 'identity') : nothingOf(reference);
    return { ...elsewhere, key: { state: 'gone', problem } };
  }

  async #follow(reference: KeyReference, scope: Scope, depth: KeyDepth): Promise<ResolvedKey> {
    const place = placeOf(reference, scope);
    if (reference.alias === null) return this.#key(reference.keyId ?? '', place, depth);
    try {
      const index = await this.#index(place);
      const keyId = index.get(reference.alias) ?? null;
      const isManaged = isAwsManagedAlias(reference.alias);
      if (keyId !== null) {
        const resolved = await this.#key(keyId, place, depth);
        return isManaged && resolved.type === null ? byItsAlias(resolved) : resolved;
      }
      if (isManaged) return awsManaged(place, []);
      const problem = `${reference.alias} names no key in account ${place.accountId}, ${place.region}`;
      return { ...nothingOf(place), key: { state: 'gone', problem } };
    } catch (error) {
      const problem = refusal(error);
      if (isAwsManagedAlias(reference.alias)) return awsManaged(place, [problem]);
      return unreachable(place, problem);
    }
  }

  #index(place: Scope): Promise<AliasIndex> {
    return once(this.#aliases, nameOf(place), () =>
      this.#visit.scopes.use(place.accountId, place.region, async ({ kms }) => {
        const index = new Map<string, string | null>();
        for await (const page of kms.listAliases()) {
          for (const { name, targetKeyId } of page) index.set(name, targetKeyId);
        }
        return index;
      }),
    );
  }

  #key(keyId: string, place: Scope, depth: KeyDepth): Promise<ResolvedKey> {
    return once(this.#keys, `${nameOf(place)}/${keyId}/${depth}`, () => this.#read(keyId, place, depth));
  }

  async #read(keyId: string, place: Scope, depth: KeyDepth): Promise<ResolvedKey> {
    const { accountId, region, partition } = place;
    const entry: KeyListEntry = { keyId, arn: `arn:${partition}:kms:${region}:${accountId}:key/${keyId}` };
    const asked = new Set<KeyRead>(['metadata']);
    if (depth === 'access') asked.add('policy').add('ramPolicy');
    if (depth === 'access' && this.#visit.options.includeGrants) asked.add('grants');
    try {
      const readings = await this.#visit.scopes.use(accountId, region, (open) =>
        readKey(open, place, entry, Promise.resolve(notAsked), asked),
      );
      if (readings !== null) return found({ ...readings, aliases: notAsked }, place);
      const problem = `key ${keyId} does not exist in account ${accountId}, ${region}`;
      return { ...nothingOf(place), arn: entry.arn, key: { state: 'gone', problem } };
    } catch (error) {
      return { ...unreachable(place, refusal(error)), arn: entry.arn };
    }
  }
}

function found(facts: KeyFacts, place: Scope): ResolvedKey {
  const metadata = valueOrNull(facts.metadata);
  const errors = failedReads(facts, ['metadata', 'policy', 'ramPolicy', 'grants']);
  const [first] = errors;
  const nothingRead = metadata === null && facts.policy.state !== 'known';
  if (nothingRead && first !== undefined) return { ...unreachable(place, first), arn: facts.arn, errors };
  const isAwsManaged = metadata?.keyManager === 'AWS';
  return {
    key: isAwsManaged ? { state: 'aws_managed', facts } : { state: 'found', facts },
    arn: metadata?.arn ?? facts.arn,
    accountId: place.accountId,
    type: metadata === null ? null : classify(metadata).keyType,
    errors,
  };
}

/** A key that could not be described: what its alias proves is known all the same. */
function byItsAlias(resolved: ResolvedKey): ResolvedKey {
  const facts = resolved.key.state === 'found' ? resolved.key.facts : null;
  return { ...resolved, key: { state: 'aws_managed', facts }, type: 'aws_managed' };
}

/** The account and region in which a reference is followed. */
function placeOf({ accountId, region }: KeyReference, scope: Scope): Scope {
  const isElsewhere = accountId !== null && accountId !== scope.accountId;
  return {
    accountId: accountId ?? scope.accountId,
    accountName: isElsewhere ? null : scope.accountName,
    region: region ?? scope.region,
    partition: scope.partition,
  };
}

const nameOf = ({ accountId, region }: Scope): string => `${accountId}/${region}`;

const nothingOf = ({ accountId }: Pick<KeyReference, 'accountId'>): Omit<ResolvedKey, 'key'> => ({
  arn: null,
  accountId,
  type: null,
  errors: [],
});

const awsManaged = (place: Scope, errors: readonly AwsError[]): ResolvedKey => ({
  ...nothingOf(place),
  key: { state: 'aws_managed', facts: null },
  type: 'aws_managed',
  errors,
});

const unreachable = (place: Scope, error: AwsError): ResolvedKey => ({
  ...nothingOf(place),
  key: {
    state: 'unknown',
    problem: `the key in account ${place.accountId} could not be read: ${error.site.operation} failed with ${error.code}`,
  },
  errors: [error],
});

/** @throws what is no answer of AWS */
function refusal(error: unknown): AwsError {
  if (isFailedRead(error)) return error;
  throw error;
}

function once<T>(memory: Map<string, Promise<T>>, name: string, read: () => Promise<T>): Promise<T> {
  const before = memory.get(name);
  if (before !== undefined) return before;
  const reading = read();
  memory.set(name, reading);
  return reading;
}
