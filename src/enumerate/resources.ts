import pMap, { pMapSkip } from 'p-map';
import { isFailedRead } from '../aws/error.ts';
import { valueOrNull } from '../aws/fact.ts';
import { isElsewhere, straysIn } from '../aws/strays.ts';
import { readKeyReference } from '../posture/key-reference.ts';
import type { ResourceFacts } from '../posture/resource/resource-facts.ts';
import { type ResourcePosture, resourcePosture, resourceVerdict } from '../posture/resource/verdict.ts';
import { keyNotKnown, type ResolvedKey, withoutKey } from '../posture/resource-key.ts';
import { resourceServices } from '../services/index.ts';
import { callsOf } from '../services/operations.ts';
import type { FoundResource, ReadResource, ResourceService } from '../services/service.ts';
import { failedResourceReads, resourceRow, resources } from '../tables/resources.ts';
import { AwsOwnedKeys, addsAwsOwnedKeys } from './aws-owned-keys.ts';
import { noteListing, type RegionEnumerator, type RegionVisit } from './enumerator.ts';
import { type KeyDepth, KeyResolver, lookupCalls } from './key-resolver.ts';

/** Resources of one service and scope that are read at the same time or wait for their turn. */
const resourcesAtOnce = 64;

/** The resources of one service, sort by sort, each read once, with the key behind it wherever that lives. */
function resourcesOf(service: string): RegionEnumerator {
  const sorts = resourceServices.filter(({ rules }) => rules.service === service);
  return {
    name: service,
    tables: [resources],
    marks: new Map([[resources, { service }]]),
    adds: [addsAwsOwnedKeys(service, resources)],
    calls: () => [...sorts.flatMap(({ rules }) => callsOf(rules)), ...lookupCalls],
    looksUpKeys: true,

    async visit(visit) {
      if (!visit.sink.selected(resources)) return;
      const resolver = new KeyResolver(visit);
      const owned = new AwsOwnedKeys(service);
      for (const sort of sorts) await visitSort(visit, sort, resolver, owned);
      await owned.write(visit);
      visit.scopes.named.finished(visit.scope, service);
    },
  };
}

/** One for each service: when one cannot be listed, the others are read, and known whole, all the same. */
export const resourcesOfRegion: readonly RegionEnumerator[] = [
  ...new Set(resourceServices.map(({ rules }) => rules.service)),
].map(resourcesOf);

/** A sort that cannot be listed leaves the service's others their rows. */
async function visitSort(
  visit: RegionVisit,
  service: ResourceService,
  resolver: KeyResolver,
  owned: AwsOwnedKeys,
): Promise<void> {
  const { scope, scopes, sink } = visit;
  try {
    await scopes.use(scope.accountId, scope.region, async ({ access }) => {
      let strays = 0;
      const visitOne = async (read: ReadResource) => {
        for (const found of await resourcesIn(service, read)) {
          if (isElsewhere(found.facts.arn, scope)) strays += 1;
          else await writeResource(visit, found, resolver, owned);
        }
      };
      const inTurn = (read: ReadResource) => visit.turns.things(() => visitOne(read));
      await readAll(service.list(access, scope), inTurn);
      const [operation = service.rules.service] = callsOf(service.rules);
      if (strays > 0)
        throw straysIn(
          access.site(operation),
          strays,
          'resources that it names are of another account or region',
        );
    });
  } catch (error) {
    if (!isFailedRead(error)) throw error;
    noteListing(sink, [resources], error);
    scopes.named.failed(scope, error);
  }
}

/**
 * Reads what is listed, while the next pages are asked for. When the listing fails, what it has listed is read before
 * that is thrown.
 */
async function readAll(
  pages: AsyncIterable<readonly ReadResource[]>,
  read: (one: ReadResource) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  async function* listed(): AsyncGenerator<ReadResource> {
    try {
      for await (const page of pages) yield* page;
    } catch (error) {
      failures.push(error);
    }
  }
  const readOne = async (one: ReadResource) => {
    await read(one);
    return pMapSkip;
  };
  await pMap(listed(), readOne, { concurrency: resourcesAtOnce });
  if (failures.length > 0) throw failures[0];
}

/** A resource that was listed, with its parts; none when it was deleted meanwhile. */
async function resourcesIn(
  { rules }: ResourceService,
  reading: ReadResource,
): Promise<readonly FoundResource[]> {
  const read = await reading();
  if (read === null) return [];
  return 'scope' in read ? [{ rules, facts: read }] : read;
}

async function writeResource(
  visit: RegionVisit,
  { rules, facts }: FoundResource,
  resolver: KeyResolver,
  owned: AwsOwnedKeys,
): Promise<void> {
  const alone = resourcePosture(facts, rules, visit.knowledge);
  const [posture, resolved, ...associated] = await Promise.all([
    underPolicies(visit, alone),
    keyOf(alone, resolver),
    ...associatedKeys(alone, resolver),
  ]);
  if (resolved.type === 'aws_owned') owned.add(facts.scope);
  nameKeys(visit, facts, resolved, associated);
  const verdict = resourceVerdict(posture, resolved, associated);
  const row = resourceRow(posture, verdict, resolved, associated, visit.organization);
  await visit.sink.write(resources, row);
  const unlisted = facts.parts?.state === 'unread' ? facts.parts.error : null;
  if (unlisted !== null) visit.sink.rowsMissing([resources], unlisted);
  const errors = [...failedResourceReads(facts), ...[resolved, ...associated].flatMap((key) => key.errors)];
  for (const error of errors) if (error !== unlisted) visit.sink.valueMissing([resources], error);
}

/** The resource as organization policies leave it, once they are read: only what is said of others depends on them. */
async function underPolicies(visit: RegionVisit, alone: ResourcePosture): Promise<ResourcePosture> {
  if (alone.admitted.length === 0) return alone;
  return resourcePosture(alone.facts, alone.rules, await visit.knowledgeWithPolicies);
}

/** Keys of other accounts that a resource names are a table of their own. */
function nameKeys(
  { scopes: { named } }: RegionVisit,
  { scope, encryption }: ResourceFacts,
  key: ResolvedKey,
  associated: readonly ResolvedKey[],
): void {
  if (encryption.state === 'unread') named.failed(scope, encryption.error);
  const written = valueOrNull(encryption);
  named.found(scope, key, written?.key ?? null);
  for (const [i, other] of associated.entries())
    named.found(scope, other, written?.associatedKeys?.[i] ?? null);
}

/** Whom a key admits matters only where somebody is let in whose permission on it is checked. */
const depthOf = ({ admitted }: ResourcePosture): KeyDepth =>
  admitted.some(({ operation }) => operation.checkedAgainst === 'caller') ? 'access' : 'identity';

function associatedKeys(posture: ResourcePosture, resolver: KeyResolver): readonly Promise<ResolvedKey>[] {
  const { facts, rules } = posture;
  return (valueOrNull(facts.encryption)?.associatedKeys ?? []).map((key) =>
    resolver.resolve(readKeyReference(key, rules.defaultAlias), facts.scope, depthOf(posture)),
  );
}

function keyOf(posture: ResourcePosture, resolver: KeyResolver): Promise<ResolvedKey> | ResolvedKey {
  const { facts, rules } = posture;
  const encryption = valueOrNull(facts.encryption);
  switch (encryption?.state) {
    case 'aws_owned':
      return withoutKey('aws_owned');
    case 'none':
      return withoutKey(null);
    case 'aws_owned_or_managed':
      return keyNotKnown('AWS does not say whether it owns or manages the key');
    case 'kms':
      return resolver.resolve(
        readKeyReference(encryption.key, rules.defaultAlias),
        facts.scope,
        depthOf(posture),
      );
    default:
      return keyNotKnown('the encryption could not be read');
  }
}
