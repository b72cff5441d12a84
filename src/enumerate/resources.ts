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

/** The resources of one service, each read once, with the key behind it wherever that lives. */
function resourcesOf(service: ResourceService): RegionEnumerator {
  return {
    name: service.service,
    tables: [resources],
    marks: new Map([[resources, { service: service.service }]]),
    adds: [addsAwsOwnedKeys(service.service, resources)],
    calls: () => [...service.calls, ...lookupCalls],
    looksUpKeys: true,

    async visit(visit) {
      if (visit.sink.selected(resources)) await visitService(visit, service, new KeyResolver(visit));
    },
  };
}

/** One for each service: when one cannot be listed, the others are read, and known whole, all the same. */
export const resourcesOfRegion: readonly RegionEnumerator[] = resourceServices.map(resourcesOf);

async function visitService(
  visit: RegionVisit,
  service: ResourceService,
  resolver: KeyResolver,
): Promise<void> {
  const { scope, scopes, sink } = visit;
  const owned = new AwsOwnedKeys(service.service);
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
  }
  await owned.write(visit);
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
