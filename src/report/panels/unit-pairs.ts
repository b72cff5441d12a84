import type { Source } from '../panel.ts';
import { unitPath } from '../unit-path.ts';
import type { Pair } from './matrix-choice.ts';

/** Accounts above which a matrix of accounts shows too small a part of all to be read: it goes by units then. */
const mostAccounts = 40;

interface Row {
  readonly owner_units: readonly string[] | null;
  readonly owner_unit_names: readonly string[] | null;
  readonly user_kind: Pair['user_kind'] | 'unit';
  readonly user_units: readonly string[] | null;
  readonly user_unit_names: readonly string[] | null;
  /** Null: a unit. */
  readonly user_id: string | null;
  readonly user_name: string | null;
  readonly trust: string | null;
  readonly keys: number | null;
  readonly keys_unconditional: number | null;
  readonly keys_conditional: number | null;
  readonly keys_with_grant: number | null;
}

/** The pairs of organizational units in place of accounts; null where accounts are few, or there are no units to go by. */
export async function unitPairs({ reader, coverage }: Source): Promise<readonly Pair[] | null> {
  if (coverage.accounts <= mostAccounts || reader.whyNot('unit_matrix') !== null) return null;
  const rows = await reader.rows<Row>(UNITS);
  if (new Set(rows.map(({ owner_units }) => String(owner_units))).size < 2) return null;
  return rows.map(pairOf);
}

function pairOf(row: Row): Pair {
  const {
    owner_units,
    owner_unit_names,
    user_kind,
    user_units,
    user_unit_names,
    user_id,
    user_name,
    ...numbers
  } = row;
  const isUnit = user_kind === 'unit';
  return {
    ...numbers,
    owner_account_id: JSON.stringify(owner_units),
    owner_account_name: unitPath(owner_units, owner_unit_names) ?? 'Unit unknown',
    user_kind: isUnit ? 'account' : user_kind,
    user_id: user_id ?? JSON.stringify(user_units),
    user_name: isUnit ? (unitPath(user_units, user_unit_names) ?? 'Unit unknown') : user_name,
  };
}

const UNITS = `
  SELECT
    owner_units, owner_unit_names, user_kind, user_units, user_unit_names, user_id,
    CASE
      WHEN user_kind = 'organization'
        AND EXISTS (SELECT FROM aws_encryption_accounts WHERE organization_id = user_id) THEN 'Whole organization'
      ELSE user_name
    END AS user_name,
    trust,
    keys::integer, keys_unconditional::integer, keys_conditional::integer, keys_with_grant::integer
  FROM aws_encryption.unit_matrix
`;
