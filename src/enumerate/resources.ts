import pMap from 'p-map';
import { AwsError } from '../aws/error.ts';
import { valueOrNull } from '../aws/fact.ts';
import { readKeyReference } from '../posture/key-reference.ts';
import { type ResourcePosture, resourcePosture, resourceVerdict } from '../posture/resource/verdict.ts';
import { keyNotKnown, type ResolvedKey, withoutKey } from '../posture/resource-key.ts';
import { failedResourceReads, resourceRow, resources } from '../tables/resources.ts';
import { AwsOwnedKeys, addsAwsOwnedKeys } from './aws-owned-keys.ts';
import type { RegionEnumerator, RegionVisit } from './enumerator.ts';
import { KeyResolver, lookupCalls } from './key-resolver.ts';
import { resourceServices } from './resources/index.ts';
import type { ReadResource, ResourceService } from './resources/service.ts';

/** Resources of one service and scope that are read at the same time. */
const resourcesAtOnce = 16;

/** The resources of one service, sort by sort, each read once, with the key behind it wherever that lives. */
function resourcesOf(service: string): RegionEnumerator {
  const sorts = resourceServices.filter((one) => one.service === service);
  return {
    name: service,
    tables: [resources],
    marks: new Map([[resources, { service }]]),
    adds: [addsAwsOwnedKeys(service, resources)],
    calls: () => [...sorts.flatMap(({ calls }) => calls), ...lookupCalls],
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
  ...new Set(resourceServices.map(({ service }) => service)),
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
      for await (const page of service.list(access, scope)) {
        await pMap(page, (read) => visitResource(visit, service, read, resolver, owned), {
          concurrency: resourcesAtOnce,
        });
      }
    });
  } catch (error) {
    if (!(error instanceof AwsError) || error.reason === 'cancelled') throw error;
    sink.listingFailed([resources], error);
    scopes.named.failed(scope, error);
  }
}

async function visitResource(
  visit: RegionVisit,
  service: ResourceService,
  read: ReadResource,
  resolver: KeyResolver,
  owned: AwsOwnedKeys,
): Promise<void> {
  const facts = await read();
  if (facts === null) return;
  const posture = resourcePosture(facts, service, visit.knowledge);
  const resolved = await keyOf(posture, resolver);
  if (resolved.type === 'aws_owned') owned.add(facts.scope);
  const { named } = visit.scopes;
  if (facts.encryption.state === 'unread') named.failed(facts.scope, facts.encryption.error);
  named.found(facts.scope, resolved, valueOrNull(facts.encryption)?.key ?? null);
  const verdict = resourceVerdict(posture, resolved);
  await visit.sink.write(resources, resourceRow(posture, verdict, resolved, visit.organization));
  for (const error of [...failedResourceReads(facts), ...resolved.errors]) {
    visit.sink.valueMissing([resources], error);
  }
}

function keyOf(
  { facts, rules, admitted }: ResourcePosture,
  resolver: KeyResolver,
): Promise<ResolvedKey> | ResolvedKey {
  const encryption = valueOrNull(facts.encryption);
  switch (encryption?.state) {
    case 'aws_owned':
      return withoutKey('aws_owned');
    case 'none':
      return withoutKey(null);
    case 'aws_owned_or_managed':
      // Neither can be disabled or deleted: where the service is checked, it is no barrier.
      return rules.checkedAgainst === 'service'
        ? withoutKey(null)
        : keyNotKnown('AWS does not say whether it owns or manages the key');
    case 'kms': {
      const depth = admitted.length > 0 && rules.checkedAgainst === 'caller' ? 'access' : 'identity';
      return resolver.resolve(readKeyReference(encryption.key, rules.defaultAlias), facts.scope, depth);
    }
    default:
      return keyNotKnown('the encryption could not be read');
  }
}
