import { type Lock, type Party, stillLocked, useOf } from './locked.ts';

/** Parties by what still locks them out when the key lets them in; what policies of an organization say is for each alone. */
export function fatesBehind(
  parties: readonly Party[],
  after: ReturnType<Lock['judge']>,
): readonly (readonly Party[])[] {
  const uses = new Map(stillLocked(parties, after).map((party) => [party.name, useOf(party)]));
  const byFate = new Map<string, Party[]>();
  for (const party of parties) {
    const use = uses.get(party.name) ?? 'none';
    const fate = use === 'blocked_by_organization_policy' ? `${use} ${party.name}` : use;
    const some = byFate.get(fate) ?? [];
    byFate.set(fate, some);
    some.push(party);
  }
  return [...byFate.values()];
}
