import type { AccessRow } from '../posture/access/row.ts';
import { json, key, text, textList } from './column.ts';

/** The columns that every table of "who is let in" shares: one statement or grant, one principal. */
export const accessColumns = {
  source: key(
    text(
      'What lets in: `key_policy`, `ram` (the key policy that AWS RAM manages), `grant`, `bucket_policy`.',
    ),
  ),
  source_id: key(text("The statement's index from 0, or the grant's id.")),
  principal: key(text('As written; `*` for NotPrincipal, which stands for anyone but `except_principals`.')),
  account_name: text('Name of the account that owns the resource; null when not known.'),
  sid: text("The statement's Sid; null without one."),
  effect: text('`Allow` or `Deny`.'),
  principal_type: text(
    '`account`, `role`, `user`, `assumed_role`, `federated`, `service`, `canonical`, `deleted`, `anyone`, …',
  ),
  except_principals: textList('The principals that NotPrincipal leaves out; null without it.'),
  principal_account_id: text("The principal's account, 12 digits; null when its text names none."),
  known_account_name: text("That account's name in the spec's `known_accounts`; null otherwise."),
  role: text('Of grants: `grantee` or `retiring`; null for statements.'),
  trust: text(
    'The widest that is let in: `same_account`, `organization`, `other_account` (membership not known), `external`, `service`, `anyone`; null when it cannot be told.',
  ),
  access: textList(
    'What that allows: `use`, `grant`, `administer`, `read_metadata`; of data `read`, `write`, `list`.',
  ),
  actions: textList(
    'The actions, wildcards expanded; for other accounts only those that AWS honours across accounts.',
  ),
  conditions: json(
    "The statement's conditions or the grant's constraints, as AWS has them; null without any.",
  ),
  limited_to_account_ids: textList('The accounts that conditions limit it to; null when they limit none.'),
  limited_to_organization_ids: textList(
    'The organizations that conditions limit it to; null when they limit none.',
  ),
  limited_to_services: textList(
    'The services through which, or as which, the request must come; null when not limited.',
  ),
  certainty: text('`unconditional`, `conditional` or `denied`, by this document alone.'),
  reason: text('One sentence on why it is judged so.'),
} as const;

/** The cells of one finding. */
export function accessCells(row: AccessRow, accountName: string | null) {
  return {
    source: row.source,
    source_id: row.sourceId,
    principal: row.principal,
    account_name: accountName,
    sid: row.sid,
    effect: row.effect,
    principal_type: row.principalType,
    except_principals: row.exceptPrincipals,
    principal_account_id: row.principalAccountId,
    known_account_name: row.knownAccountName,
    role: row.role,
    trust: row.trust,
    access: row.access,
    actions: row.actions,
    conditions: row.conditions ?? null,
    limited_to_account_ids: row.limitedToAccountIds,
    limited_to_organization_ids: row.limitedToOrganizationIds,
    limited_to_services: row.limitedToServices,
    certainty: row.certainty,
    reason: row.reason,
  };
}
