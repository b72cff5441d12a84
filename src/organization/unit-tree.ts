import type { Organizations } from '../services/organizations/calls.ts';

/**
 * Where each account of the organization is, by walking its units: for when AWS answers no `Paths` with the
 * accounts. Two listings for each unit, five of each a second at most.
 * @returns account id → units from the root down to the parent
 * @throws AwsError
 */
export async function readUnitTree(
  organizations: Organizations,
  rootIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const places = new Map<string, readonly string[]>();
  const visit = async (path: readonly string[], id: string): Promise<void> => {
    const here = [...path, id];
    const [accounts, units] = await Promise.all([
      organizations.listAccountsForParent(id),
      organizations.listOrganizationalUnits(id),
    ]);
    for (const account of accounts) places.set(account, here);
    await Promise.all(units.map((unit) => visit(here, unit)));
  };
  await Promise.all(rootIds.map((root) => visit([], root)));
  return places;
}
