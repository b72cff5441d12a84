import { groupBy } from '../../group.ts';
import { type Lock, type Party, stillLocked, useOf } from './locked.ts';

/** Parties by what still locks them out when the key lets them in; what policies of an organization say is for each alone. */
export function fatesBehind(
  parties: readonly Party[],
  after: ReturnType<Lock['judge']>,
): readonly (readonly Party[])[] {
  const uses = new Map(stillLocked(parties, after).map((party) => [party.name, useOf(party)]));
  const fateOf = ({ name }: Party): string => {
    const use = uses.get(name) ?? 'none';
    return use === 'blocked_by_organization_policy' ? `${use} ${name}` : use;
  };
  return [...groupBy(parties, fateOf).values()];
}
