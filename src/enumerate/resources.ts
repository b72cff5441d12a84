import { isFailedRead } from '../aws/error.ts';
import { isElsewhere, straysIn } from '../aws/strays.ts';
import { policyOfResource } from '../posture/resource/attached-policy.ts';
import type { ResourceFacts } from '../posture/resource/resource-facts.ts';
import { type ResourcePosture, resourcePosture, resourceVerdict } from '../posture/resource/verdict.ts';
import { allKeys } from '../posture/resource-key.ts';
import { resourceServices } from '../services/index.ts';
import { callsOf, type Operation, policyCallsOf } from '../services/operations.ts';
import type { FoundResource, ReadResource, ResourceService, Wanted } from '../services/service.ts';
import { resourcePolicies } from '../tables/resource-policies.ts';
import { failedResourceReads, resourceRow, resources } from '../tables/resources.ts';
import { withIam } from './accounts-read.ts';
import { AwsOwnedKeys, addsAwsOwnedKeys } from './aws-owned-keys.ts';
import { noteListing, type RegionEnumerator, type RegionVisit, type Sink } from './enumerator.ts';
import { KeyResolver, lookupCalls } from './key-resolver.ts';
import { readAll } from './read-all.ts';
import { keysOfResource, nameKeys } from './resource-keys.ts';
import { writePolicy } from './resource-policies.ts';

/** Resources of one service and scope that are read at the same time or wait for their turn. */
const resourcesAtOnce = 64;

/** The resources of one service, sort by sort, each read once, with the key behind it wherever that lives. */
function resourcesOf(service: string): RegionEnumerator {
  const sorts = resourceServices.filter(({ rules }) => rules.service === service);
  const tables = [resources, ...(sorts.some(hasPolicies) ? [resourcePolicies] : [])];
  return {
    name: service,
    tables,
    marks: new Map(tables.map((table) => [table, { service }])),
    adds: [addsAwsOwnedKeys(service, resources)],
    calls(table) {
      const calls =
        table === resourcePolicies
          ? sorts.flatMap(({ rules }) => policyCallsOf(rules))
          : [...sorts.flatMap(({ rules }) => callsOf(rules)), ...ramCallsOf(sorts), ...lookupCalls];
      // Sorts of a service may share one.
      return [...new Set(calls)];
    },
    looksUpKeys: true,

    async visit(visit) {
      const { scope, scopes, sink } = visit;
      const resolver = new KeyResolver(visit);
      const owned = new AwsOwnedKeys(service);
      for (const sort of sorts) {
        const wanted = wantedOf(sort, sink);
        if (wanted !== null) await visitSort(visit, sort, wanted, { resolver, owned });
      }
      if (!sink.selected(resources)) return;
      await owned.write(visit);
      scopes.named.finished(scope, service);
    },
  };
}

const ramCallsOf = (sorts: readonly ResourceService[]): readonly Operation[] =>
  sorts.some(({ rules }) => rules.alsoSharedByRam) ? ['ram:ListResources', 'ram:ListPrincipals'] : [];

const hasPolicies = ({ rules }: ResourceService): boolean => rules.sharedBy === 'policy';

/** Null: no selected table has rows of the sort. */
function wantedOf(sort: ResourceService, sink: Sink): Wanted | null {
  if (sink.selected(resources)) return 'all';
  return hasPolicies(sort) && sink.selected(resourcePolicies) ? 'policy' : null;
}

/** What the resources of a service share. */
interface Shared {
  readonly resolver: KeyResolver;
  readonly owned: AwsOwnedKeys;
}

/** One for each service: when one cannot be listed, the others are read, and known whole, all the same. */
export const resourcesOfRegion: readonly RegionEnumerator[] = [
  ...new Set(resourceServices.map(({ rules }) => rules.service)),
].map(resourcesOf);

/** A sort that cannot be listed leaves the service's others their rows. */
async function visitSort(
  visit: RegionVisit,
  service: ResourceService,
  wanted: Wanted,
  shared: Shared,
): Promise<void> {
  const { scope, scopes, sink } = visit;
  const tables = [resources, ...(hasPolicies(service) ? [resourcePolicies] : [])];
  try {
    await scopes.use(scope.accountId, scope.region, async ({ access }) => {
      let strays = 0;
      const visitOne = async (read: ReadResource) => {
        for (const found of await resourcesIn(service, read)) {
          if (isElsewhere(found.facts.arn, scope)) strays += 1;
          else await writeFound(visit, found, wanted, shared);
        }
      };
      const inTurn = (read: ReadResource) => visit.turns.things(() => visitOne(read));
      await readAll(service.list(access, scope, wanted), resourcesAtOnce, inTurn);
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
    noteListing(sink, tables, error);
    if (wanted === 'all') scopes.named.failed(scope, error);
  }
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

/** Its policy is known before its key is. */
async function writeFound(
  visit: RegionVisit,
  found: FoundResource,
  wanted: Wanted,
  shared: Shared,
): Promise<void> {
  const { sink } = visit;
  const { rules, facts } = found;
  const policy = policyOfResource(facts, rules);
  await writePolicy(sink, policy);
  // Parts that are not known may have policies, too.
  if (policy !== null && facts.parts?.state === 'unread')
    sink.rowsMissing([resourcePolicies], facts.parts.error);
  if (wanted === 'all') await writeResource(visit, found, shared);
}

/** With whom AWS RAM shares it: RAM lists what it shares once a region, and is asked again for what is on the list. */
async function withRam({ ram }: RegionVisit, { rules, facts }: FoundResource): Promise<ResourceFacts> {
  if (rules.alsoSharedByRam === undefined || facts.ram !== undefined) return facts;
  const parts = rules.ramSharesParts?.(facts.arn);
  return {
    ...facts,
    ram: await (parts === undefined ? ram.principalsOf(facts.arn) : ram.principalsOfParts(parts)),
  };
}

async function writeResource(
  visit: RegionVisit,
  found: FoundResource,
  { resolver, owned }: Shared,
): Promise<void> {
  const { rules } = found;
  const facts = await withRam(visit, found);
  const alone = resourcePosture(facts, rules, visit.knowledge);
  const [posture, keys] = await Promise.all([underPolicies(visit, alone), keysOfResource(alone, resolver)]);
  if (rules.keyOfAnother === undefined) {
    if (keys.resolved.type === 'aws_owned') owned.add(facts.scope);
    nameKeys(visit.scopes.named, { rules, facts }, keys);
  }
  const verdict = await withIam(visit.iam, accountsLetIn(posture), (iamOf) =>
    resourceVerdict(posture, keys, iamOf),
  );
  const row = resourceRow(posture, verdict, keys, visit.organization);
  await visit.sink.write(resources, row);
  const unlisted = facts.parts?.state === 'unread' ? facts.parts.error : null;
  if (unlisted !== null) visit.sink.rowsMissing([resources], unlisted);
  const errors = [...failedResourceReads(facts), ...allKeys(keys).flatMap((key) => key.errors)];
  for (const error of errors) if (error !== unlisted) visit.sink.valueMissing([resources], error);
}

const accountsLetIn = ({ admitted }: ResourcePosture): readonly string[] =>
  admitted.flatMap(({ external }) =>
    external.all.flatMap(({ entity }) => (entity.kind === 'account' ? [entity.id] : [])),
  );

/** The resource as organization policies leave it, once they are read: only what is said of others depends on them. */
async function underPolicies(visit: RegionVisit, alone: ResourcePosture): Promise<ResourcePosture> {
  if (alone.admitted.length === 0) return alone;
  return resourcePosture(alone.facts, alone.rules, await visit.knowledgeWithPolicies);
}
