import { readChecks } from '../../src/checks/check.ts';

/** The query of a check, as a part of another one. @throws where there is no such check */
export async function queryOfCheck(id: string): Promise<string> {
  const check = (await readChecks()).find((each) => each.id === id);
  if (check === undefined) throw new Error(`there is no check ${id}`);
  return check.sql.replace(/;\s*$/, '');
}
