/** A row of the view `account_matrix`: an owner's keys, and one who can use them. */
export interface Pair {
  readonly owner_account_id: string;
  readonly owner_account_name: string | null;
  readonly user_kind: 'account' | 'organization' | 'anyone' | 'service' | 'other' | 'unknown';
  readonly user_id: string;
  readonly user_name: string | null;
  /** Null: unknown. */
  readonly trust: string | null;
  /** Null: not even the owner's keys could be listed. */
  readonly keys: number | null;
  readonly keys_unconditional: number | null;
  readonly keys_conditional: number | null;
  readonly keys_with_grant: number | null;
}

/** The part of the matrix that a chart has room for. */
export interface Choice {
  readonly owners: readonly string[];
  readonly users: readonly string[];
  readonly pairs: readonly Pair[];
  /** Pairs that only the table shows. */
  readonly folded: readonly Pair[];
}

export const userOf = ({ user_kind, user_id }: Pair): string => `${user_kind} ${user_id}`;

/** Somebody whom the organization does not vouch for, or of whom that is not known. */
export const isOutside = ({ trust, user_kind }: Pair): boolean =>
  user_kind !== 'unknown' && !['same_account', 'organization', 'service'].includes(trust ?? '');

export const isOwn = ({ trust }: Pair): boolean => trust === 'same_account';

/**
 * The owners and users to show when there is no room for all: those open to anyone first, then those with outside
 * access, since they matter most, then those that share most keys.
 */
export function choose(all: readonly Pair[], mostOwners: number, mostUsers: number): Choice {
  const others = all.filter((pair) => !isOwn(pair));
  const first = ranked(others, ({ owner_account_id }) => owner_account_id).slice(0, mostOwners);
  const ofFirst = others.filter(({ owner_account_id }) => first.includes(owner_account_id));
  const users = ranked(ofFirst, userOf).slice(0, mostUsers);
  const isShown = (pair: Pair) => first.includes(pair.owner_account_id) && users.includes(userOf(pair));
  // Whose users have no room has none, either.
  const owners = first.filter((id) => others.some((pair) => pair.owner_account_id === id && isShown(pair)));
  return {
    owners,
    users,
    pairs: all.filter((pair) => isShown(pair) && owners.includes(pair.owner_account_id)),
    folded: others.filter((pair) => !isShown(pair)),
  };
}

function ranked(pairs: readonly Pair[], idOf: (pair: Pair) => string): string[] {
  const weights = new Map<string, { anyone: number; outside: number; open: number; keys: number }>();
  for (const pair of pairs) {
    const weight = weights.get(idOf(pair)) ?? { anyone: 0, outside: 0, open: 0, keys: 0 };
    // Keys that nobody could list are one reason to look, however many they are.
    const keys = pair.keys ?? 1;
    if (pair.user_kind === 'unknown') weight.open += keys;
    else if (pair.user_kind === 'anyone') weight.anyone += keys;
    else if (isOutside(pair)) weight.outside += keys;
    else weight.keys += keys;
    weights.set(idOf(pair), weight);
  }
  return [...weights]
    .toSorted(
      ([a, left], [b, right]) =>
        right.anyone - left.anyone ||
        right.outside - left.outside ||
        right.keys - left.keys ||
        right.open - left.open ||
        (a < b ? -1 : 1),
    )
    .map(([id]) => id);
}
