import type { Identity } from '../posture/iam/account-iam.ts';
import type { PrincipalsAlike } from '../posture/iam/rights.ts';
import type { Verdict } from '../posture/iam/verdict.ts';

/** ARNs of roles that are listed at most. */
const rolesListed = 20;

/** What a role can do with a key, as bits: surely, and at most. */
type Rights = Pick<Verdict, 'sure' | 'most'>;

const nothing: Rights = { sure: 0n, most: 0n };

/**
 * ARNs of roles that somebody can become, ascending. Where they are too many, roles that add a right come first: who
 * gets somewhere by a role that is not listed gets there by one that is.
 * @param principals of the key, the roles among them
 */
export function rolesShown(
  principals: readonly PrincipalsAlike[],
): (roles: readonly Identity[]) => readonly string[] {
  let rights: ReadonlyMap<Identity, Rights> | null = null;
  return (roles) => {
    const byArn = roles.toSorted((a, b) => (a.arn < b.arn ? -1 : 1));
    if (byArn.length <= rolesListed) return arnsOf(byArn);
    // Few have so many.
    rights ??= rightsOf(principals);
    return arnsOf([...new Set([...addingRights(byArn, rights), ...byArn])].slice(0, rolesListed)).sort();
  };
}

const arnsOf = (roles: readonly Identity[]): string[] => roles.map(({ arn }) => arn);

function rightsOf(principals: readonly PrincipalsAlike[]): ReadonlyMap<Identity, Rights> {
  return new Map(
    principals.flatMap(({ principals: some, verdict }) =>
      some === 'root' ? [] : some.map((identity) => [identity, verdict] as const),
    ),
  );
}

const width = ({ sure, most }: Rights): number => bitsIn(sure) + bitsIn(most);
const bitsIn = (set: bigint): number => set.toString(2).replaceAll('0', '').length;

/** The widest first, each that can do what those before cannot, or surely what they only may. */
function addingRights(
  roles: readonly Identity[],
  rights: ReadonlyMap<Identity, Rights>,
): readonly Identity[] {
  const distinct = new Map<Rights, Identity>();
  for (const role of roles) {
    const ofRole = rights.get(role) ?? nothing;
    if (!distinct.has(ofRole)) distinct.set(ofRole, role);
  }
  let covered = nothing;
  const widestFirst = [...distinct].toSorted(([a], [b]) => width(b) - width(a));
  return widestFirst.flatMap(([{ sure, most }, role]) => {
    const isMore = ((sure & ~covered.sure) | (most & ~covered.most)) !== 0n;
    covered = { sure: covered.sure | sure, most: covered.most | most };
    return isMore ? [role] : [];
  });
}
