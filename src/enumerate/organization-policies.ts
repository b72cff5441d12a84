import pMap, { pMapSkip } from 'p-map';
import type { AwsError } from '../aws/error.ts';
import { type Fact, known, notAsked, readFact } from '../aws/fact.ts';
import type { ScopeAccess } from '../aws/scope-access.ts';
import type { Walk } from '../organization/plan.ts';
import { readUnitTree } from '../organization/unit-tree.ts';
import {
  attachedPolicies,
  type PlacedAccount,
  type ReadPolicy,
  readPolicyFacts,
} from '../posture/organization-policies/attached.ts';
import type { OrganizationPolicies, PolicyKnowledge } from '../posture/organization-policies/policies.ts';
import { organizationsCalls } from '../services/organizations/calls.ts';
import type { ListedPolicy, PolicyFacts, PolicyType } from '../services/organizations/facts.ts';
import { type OrganizationPolicyCalls, organizationPolicyCalls } from '../services/organizations/policies.ts';

/** Policies that are read at the same time or wait for their turn: AWS takes two descriptions a second. */
const policiesAtOnce = 32;

/** AWS attaches it to the root, every unit and every account, and nobody can detach it. */
const attachedToAll = 'p-RCPFullAWSAccess';

/** What came of reading an organization's policies. */
export interface PolicyReading {
  readonly policies: readonly ReadPolicy[];
  /** What rules take. */
  readonly known: OrganizationPolicies;
  /** Why policies of a type may be missing: which types are enabled is not known, or they could not be listed. */
  readonly unlisted: readonly AwsError[];
  /** Why it is not known where some accounts are, and so which policies count for them; null: it is. */
  readonly unplaced: AwsError | null;
}

/** Reads the policies of the types that are enabled. Rejects only when it is stopped. */
export async function readOrganizationPolicies(
  access: ScopeAccess,
  { organization, accounts, rootIds, errors }: Walk,
): Promise<PolicyReading> {
  const { serviceControlPoliciesEnabled, resourceControlPoliciesEnabled } = organization;
  const { managementAccountId, memberAccountIds } = organization;
  const calls = organizationPolicyCalls(access);
  const rootsUnread = errors.find(({ site }) => site.operation === 'organizations:ListRoots');
  const read = async (type: PolicyType, isEnabled: boolean | null): Promise<Listing> => {
    if (isEnabled === false) return 'not_enabled';
    if (isEnabled === null && rootsUnread !== undefined) return { state: 'unread', error: rootsUnread };
    return readType(calls, type);
  };
  const isAnyEnabled = serviceControlPoliciesEnabled !== false || resourceControlPoliciesEnabled !== false;
  const [serviceControl, resourceControl, places] = await Promise.all([
    read('SERVICE_CONTROL_POLICY', serviceControlPoliciesEnabled),
    read('RESOURCE_CONTROL_POLICY', resourceControlPoliciesEnabled),
    isAnyEnabled ? placesOf(access, accounts, rootIds) : known(accounts),
  ]);
  const listings = [serviceControl, resourceControl];
  const placed = places.state === 'known' ? places.value : accounts;
  return {
    policies: listings.flatMap((listing) => (isRead(listing) ? listing.value : [])),
    known: {
      serviceControl: knowledgeOf(serviceControl, placed),
      resourceControl: knowledgeOf(resourceControl, placed),
      managementAccountId,
      memberAccountIds,
    },
    unlisted: [...new Set(listings.flatMap((listing) => (isUnread(listing) ? [listing.error] : [])))],
    unplaced: places.state === 'unread' ? places.error : null,
  };
}

/** The policies of one type, or why there are none. */
type Listing = 'not_enabled' | Read | Unread;
type Read = { readonly state: 'known'; readonly value: readonly ReadPolicy[] };
type Unread = { readonly state: 'unread'; readonly error: AwsError };

const isRead = (listing: Listing): listing is Read => listing !== 'not_enabled' && listing.state === 'known';
const isUnread = (listing: Listing): listing is Unread =>
  listing !== 'not_enabled' && listing.state === 'unread';

function knowledgeOf(listing: Listing, accounts: readonly PlacedAccount[]): PolicyKnowledge {
  if (listing === 'not_enabled') return { state: 'not_enabled' };
  if (listing.state === 'known') return attachedPolicies(listing.value, accounts);
  const { site, code } = listing.error;
  return { state: 'not_read', problem: `${site.operation} failed with ${code}` };
}

/** Every policy of the type with its document and what it is attached to; one that is deleted meanwhile is left out. */
async function readType(calls: OrganizationPolicyCalls, type: PolicyType): Promise<Read | Unread> {
  const listed = await readFact(calls.list(type));
  if (listed.state !== 'known') return listed as Unread;
  const facts = await pMap(listed.value, (policy) => readOne(calls, policy), { concurrency: policiesAtOnce });
  return { state: 'known', value: facts.map(readPolicyFacts) };
}

async function readOne(
  calls: OrganizationPolicyCalls,
  listed: ListedPolicy,
): Promise<PolicyFacts | typeof pMapSkip> {
  const [content, targets] = await Promise.all([
    readFact(calls.content(listed.id)),
    listed.id === attachedToAll ? notAsked : readFact(calls.targets(listed.id)),
  ]);
  return [content, targets].some(isGone) ? pMapSkip : { ...listed, content, targets };
}

const isGone = (read: Fact<unknown>): boolean => read.state === 'unread' && read.error.reason === 'not_found';

/** Where the accounts are: as AWS answered with them, else by walking the units. */
async function placesOf(
  access: ScopeAccess,
  accounts: Walk['accounts'],
  rootIds: Walk['rootIds'],
): Promise<Fact<readonly PlacedAccount[]>> {
  if (accounts.every(({ organizationalUnits }) => organizationalUnits !== null)) return known(accounts);
  const calls = organizationsCalls(access);
  const walkTree = async () => {
    const roots = rootIds ?? (await calls.listRoots()).map(({ id }) => id);
    const { places } = await readUnitTree(calls, roots);
    return accounts.map(({ id, organizationalUnits }) => ({
      id,
      organizationalUnits: organizationalUnits ?? places.get(id) ?? null,
    }));
  };
  return readFact(walkTree());
}
