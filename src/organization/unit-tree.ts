import type { Organizations } from '../services/organizations/calls.ts';

/** An organization's units as they were walked. */
export interface UnitTree {
  /** Account id → units from the root down to the parent. */
  readonly places: ReadonlyMap<string, readonly string[]>;
  /** Unit id → its name; of units, not of roots. */
  readonly names: UnitNames;
}

/** Id of a root or unit → its name; null where AWS's answer lacked it. */
export type UnitNames = ReadonlyMap<string, string | null>;

/**
 * Where each account of the organization is, by walking its units: for when AWS answers no `Paths` with the
 * accounts. Two listings for each unit, five of each a second at most.
 * @throws AwsError
 */
export async function readUnitTree(
  organizations: Organizations,
  rootIds: readonly string[],
): Promise<UnitTree> {
  const places = new Map<string, readonly string[]>();
  const names = new Map<string, string | null>();
  const visit = async (path: readonly string[], id: string): Promise<void> => {
    const here = [...path, id];
    const [accounts, units] = await Promise.all([
      organizations.listAccountsForParent(id),
      organizations.listOrganizationalUnits(id),
    ]);
    for (const account of accounts) places.set(account, here);
    for (const unit of units) names.set(unit.id, unit.name);
    await Promise.all(units.map(({ id: unitId }) => visit(here, unitId)));
  };
  await Promise.all(rootIds.map((root) => visit([], root)));
  return { places, names };
}
