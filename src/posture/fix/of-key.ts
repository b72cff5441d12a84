import type { Admission, ResourceContext } from '../access/admission.ts';
import { contextOfKey, type KeyAccess } from '../access/key-access.ts';
import type { OrganizationKnowledge } from '../access/knowledge.ts';
import type { AccessFinding } from '../access/row.ts';
import { accountsOf, organizationsLimiting, trustOf, trustOfAccount } from '../access/trust.ts';
import type { KeyFacts } from '../key-facts.ts';
import { statementsIn } from '../policy/document.ts';
import { actionsIn } from './actions.ts';
import { type Fix, type FixStep, fixFor, noStep, orNull } from './fix.ts';
import { putKeyPolicy } from './key-policy.ts';
import { awsCommand } from './shell.ts';

/** So many statements and grants are written out for one key. */
const fixesAtMost = 50;

/**
 * What takes access to a key away from accounts outside the organization, from everybody, and from principals that are
 * gone; null: there is none such. Membership that is not known is no reason.
 */
export function fixOfKey(
  facts: KeyFacts,
  access: Pick<KeyAccess, 'findings' | 'policy'>,
  organization: OrganizationKnowledge,
): readonly Fix[] | null {
  // Nobody can change the policy of a key that AWS manages.
  if (facts.metadata.state === 'known' && facts.metadata.value.keyManager === 'AWS') return null;
  const unwanted = access.findings.filter(isUnwanted);
  if (unwanted.length === 0) return null;
  const bySource = new Map<string, [AccessFinding, ...AccessFinding[]]>();
  for (const finding of unwanted) {
    const { source, sourceId } = finding.row;
    const some = bySource.get(`${source} ${sourceId}`);
    if (some === undefined) bySource.set(`${source} ${sourceId}`, [finding]);
    else some.push(finding);
  }
  const all = [...bySource.values()];
  const context = contextOfKey(facts, organization, null);
  const fixes = all.slice(0, fixesAtMost).map((some) => fixOf(some, facts, access, context));
  return orNull(all.length > fixesAtMost ? [...fixes, andMore(all.slice(fixesAtMost), facts)] : fixes);
}

/** Outside the organization, everybody, or nobody any more. Of a deleted principal no admission is left. */
function isUnwanted({ row, admissions }: AccessFinding): boolean {
  if (row.effect !== 'Allow' || row.role === 'retiring') return false;
  if (row.principalType === 'deleted') return true;
  return admissions.length > 0 && (row.trust === 'external' || row.trust === 'anyone');
}

/** What is unwanted of one statement or grant. */
type Unwanted = readonly [AccessFinding, ...AccessFinding[]];

function fixOf(
  some: Unwanted,
  facts: KeyFacts,
  access: Pick<KeyAccess, 'findings' | 'policy'>,
  context: ResourceContext,
): Fix {
  const names = some.map(({ row }) => (row.trust === 'anyone' ? 'anyone' : row.principal));
  const step = stepOf(some, facts, access, whyText(some, context));
  return fixFor([...new Set(names)], 'take_away', [step]);
}

function stepOf(
  some: Unwanted,
  facts: KeyFacts,
  { findings, policy }: Pick<KeyAccess, 'findings' | 'policy'>,
  why: string,
): FixStep {
  const { arn, scope } = facts;
  const { source, sourceId, sid } = some[0].row;
  if (source === 'ram')
    return noStep(
      'end_resource_share',
      arn,
      `${why} AWS RAM writes this policy: take the principal out of the resource share.`,
    );
  if (source === 'grant') {
    const words = ['--key-id', arn, '--grant-id', sourceId];
    const command = awsCommand('kms', 'revoke-grant', scope.region, words);
    return { kind: 'revoke_grant', on: arn, statement: null, command, why };
  }
  const ofStatement = findings.filter(({ row }) => row.source === source && row.sourceId === sourceId);
  const isWhole = ofStatement.length === some.length;
  const isOnly = policy !== null && statementsIn(policy) === 1;
  const place = { index: Number(sourceId), sid };
  return {
    kind: isWhole ? 'remove_statement' : 'remove_principals',
    on: arn,
    statement: isWhole ? place : { ...place, principals: some.map(({ row }) => row.principal) },
    command: putKeyPolicy(facts),
    why: isWhole && isOnly ? `${why} ${onlyText}` : why,
  };
}

const onlyText =
  'It is the only statement of the key policy: one for the own account takes its place, or nobody can manage the key.';

/** Whom it lets in, and who loses it as well. */
function whyText(some: Unwanted, context: ResourceContext): string {
  const { row } = some[0];
  const what = row.source === 'grant' ? `Grant ${row.sourceId}` : `Statement ${row.sid ?? row.sourceId}`;
  if (some.every((finding) => finding.row.principalType === 'deleted'))
    return `${what} names a principal that was deleted, and lets in nobody by it.`;
  const who = some.some((finding) => finding.row.trust === 'anyone')
    ? 'anyone in any AWS account'
    : 'accounts outside the organization';
  const others = some
    .flatMap(({ admissions }) => admissions)
    .some((admission) => trustOf(admission, context) !== 'external' || alsoLetsInOwn(admission, context));
  const besides = others
    ? ' It lets in the own account, services or members of the organization, too: who has it from here alone loses it.'
    : '';
  return `${what} lets ${who} ${actionsIn(some)}.${besides}`;
}

/** One condition may list accounts or organizations from inside and outside: the trust of all is that of the widest. */
function alsoLetsInOwn(admission: Admission, { viewpoint }: ResourceContext): boolean {
  const accounts = accountsOf(admission);
  if (accounts !== null) return accounts.some((id) => trustOfAccount(id, viewpoint) !== 'external');
  return organizationsLimiting(admission)?.some((id) => id === viewpoint.organizationId) ?? false;
}

function andMore(rest: readonly (readonly AccessFinding[])[], { arn }: KeyFacts): Fix {
  const names = rest.flatMap((some) => some.map(({ row }) => row.principal));
  const why = `${rest.length} more statements and grants let in whom they should not: key_access lists them.`;
  return fixFor([...new Set(names)], 'take_away', [noStep('revoke_grant', arn, why)]);
}
