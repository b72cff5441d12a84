import type { Admission } from '../access/admission.ts';
import { kms } from '../access/kms.ts';
import { actionsOf } from '../policy/action.ts';
import type { Statement } from '../policy/statement.ts';
import { allPolicies, type OrganizationPolicies, type OrganizationPolicy } from './policies.ts';

/** Condition keys that ask who calls, how and from where, or for the owner of the key: never for the key itself. */
const ofRequestsAndOwners =
  /^(aws:(principal|source|calledvia|multifactorauth|federatedprovider)|aws:(requestedregion|viaawsservice|securetransport|userid|username|currenttime|epochtime|tokenissuetime|useragent|referer|resourceaccount|resourceorgid|resourceorgpaths)$|kms:(viaservice|calleraccount)$)/;
const variableOfKeys = /\$\{(?!aws:(principal|resourceaccount|resourceorg))/i;

interface Memory<T> {
  /** Whether the policies say the same of each key of an account and region. */
  readonly isSameForKeys: boolean;
  readonly results: Map<string, T>;
}

/** Most keys share a handful of documents; the bound only guards against those that share none. */
const limit = 4096;

/**
 * What policies make of those whom a key lets in, worked out once for all keys of an account and region that let in the
 * same, where no policy asks for the key itself: its ARN, its tags, its aliases.
 */
export class Remembered<T> {
  readonly #memories = new WeakMap<OrganizationPolicies, Memory<T>>();

  /** @param place names the account, region and whatever else of the key counts */
  of(policies: OrganizationPolicies, place: string, admission: Admission, workOut: () => T): T {
    const { isSameForKeys, results } = this.#memoryOf(policies);
    if (!isSameForKeys) return workOut();
    const name = `${place} ${textOf(admission)}`;
    const cached = results.get(name);
    if (cached !== undefined) return cached;
    const result = workOut();
    if (results.size < limit) results.set(name, result);
    return result;
  }

  #memoryOf(policies: OrganizationPolicies): Memory<T> {
    const before = this.#memories.get(policies);
    if (before !== undefined) return before;
    const isSame = [...allPolicies(policies)].every(isSameForKeys);
    const memory = { isSameForKeys: isSame, results: new Map<string, T>() };
    this.#memories.set(policies, memory);
    return memory;
  }
}

const textOf = (admission: Admission): string =>
  JSON.stringify(admission, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));

/** Nobody but principals of other accounts is asked about, so what only the own account can do does not count. */
function isSameForKeys({ document }: OrganizationPolicy): boolean {
  const catalog = actionsOf(kms);
  return document.statements
    .filter(
      ({ actions, notAction }) => (catalog.matching(actions, notAction) & catalog.acrossAccounts) !== 0n,
    )
    .every(asksForNoKey);
}

const asksForNoKey = ({ resources, notResource, conditions }: Statement): boolean =>
  (resources === null || (resources.includes('*') && !notResource)) &&
  conditions.every(
    ({ id, values }) => ofRequestsAndOwners.test(id) && !values.some((value) => variableOfKeys.test(value)),
  );
