import type { Admission, ResourceContext } from '../access/admission.ts';
import { splitByCondition } from '../access/split.ts';
import { actionsOf } from '../policy/action.ts';
import type { Statement, UnreadStatement } from '../policy/statement.ts';
import type { AllowingLevel, Ruling } from './compiled.ts';
import type { OrganizationPolicy, OrganizationPolicyType } from './policies.ts';

/** What organization policies take away from somebody, or may take away. */
export interface Taking {
  /** `none_allows`: no policy of a level does. With `may_…` it is in `open` what that depends on. */
  readonly kind: 'denies' | 'none_allows' | 'may_deny' | 'may_allow';
  readonly type: OrganizationPolicyType;
  /** The policy that denies or may allow; all policies of the level that does not allow. */
  readonly policies: readonly Pick<OrganizationPolicy, 'id' | 'name'>[];
  /** `statement 0 (EnforceOrganization)`; for `none_allows` the level: `root`, `organizational unit`, `account`. */
  readonly where: string;
  /** What it takes away, `kms:Decrypt`, ascending. */
  readonly actions: readonly string[];
  /** What is not known, as a phrase; null where it is sure. */
  readonly open: string | null;
  /** The management account, where it alone of its organization is left. */
  readonly spared?: string;
}

/** What is left of admissions under organization policies. */
export interface Remaining {
  readonly admissions: readonly Admission[];
  readonly takings: readonly Taking[];
}

/** Whether it surely takes something away. */
export const isSure = ({ kind }: Taking): boolean => kind === 'denies' || kind === 'none_allows';

/** The statement covers all of these. */
export const denies = (
  { policy, statement }: Ruling,
  parts: readonly Admission[],
  context: ResourceContext,
): Taking => ({
  kind: 'denies',
  type: policy.type,
  policies: [policy],
  where: statementText(statement),
  actions: actionsIn(parts, context),
  open: null,
});

/** The statement may or may not be about these. */
export function mayDecide(ruling: Ruling, parts: readonly Admission[], context: ResourceContext): Taking {
  const { conditions } = ruling.statement;
  const undecided = conditions.filter((condition) =>
    parts.some((part) => splitByCondition(part, condition, context).may !== null),
  );
  const keys = [...new Set((undecided.length > 0 ? undecided : conditions).map(({ key }) => key))];
  const open = keys.length === 0 ? 'policy variables in its Resource' : keys.sort().join(', ');
  return { ...may(ruling, parts, context), open: `that depends on ${open}` };
}

/** The statement is about these, if its policy counts at all. */
export const mayBind = (ruling: Ruling, parts: readonly Admission[], context: ResourceContext): Taking => ({
  ...may(ruling, parts, context),
  open: 'where the policy is attached was not read',
});

/** Nobody understands the statement. @param effect what it would do */
export const mayDecideUnread = (
  { policy, statement }: Ruling<UnreadStatement>,
  effect: Statement['effect'],
  parts: readonly Admission[],
  context: ResourceContext,
): Taking => ({
  kind: effect === 'Allow' ? 'may_allow' : 'may_deny',
  type: policy.type,
  policies: [policy],
  where: statementText(statement),
  actions: actionsIn(parts, context),
  open: `it is not understood (${statement.problem})`,
});

/** No policy of the level allows these. */
export const noneAllows = (
  { level, place }: AllowingLevel,
  parts: readonly Admission[],
  context: ResourceContext,
): Taking => ({
  kind: 'none_allows',
  type: 'SERVICE_CONTROL_POLICY',
  policies: level,
  where: place,
  actions: actionsIn(parts, context),
  open: null,
});

const may = (ruling: Ruling, parts: readonly Admission[], context: ResourceContext): Taking => ({
  ...denies(ruling, parts, context),
  kind: ruling.statement.effect === 'Allow' ? 'may_allow' : 'may_deny',
});

const statementText = ({ index, sid }: Pick<Statement, 'index' | 'sid'>): string =>
  `statement ${index}${sid ? ` (${sid})` : ''}`;

function actionsIn(parts: readonly Admission[], { grammar }: ResourceContext): readonly string[] {
  return actionsOf(grammar).list(parts.reduce((set, { actions }) => set | actions, 0n));
}

const typeTexts: Readonly<Record<OrganizationPolicyType, string>> = {
  SERVICE_CONTROL_POLICY: 'service control policy',
  RESOURCE_CONTROL_POLICY: 'resource control policy',
};

/** Actions that are listed at most. */
const listed = 3;

/** `resource control policy p-1 (perimeter) denies kms:Decrypt by statement 0 (EnforceOrganization)`. */
export function takingText(taking: Taking): string {
  const { spared } = taking;
  const keepsOut = `, which keeps all but the management account ${spared} out`;
  return `${effectText(taking)}${spared === undefined ? '' : keepsOut}`;
}

function effectText({ kind, type, policies, where, actions, open }: Taking): string {
  const names = policies.map(({ id, name }) => `${id} (${name})`).join(', ');
  const more = actions.length - listed;
  const what = `${actions.slice(0, listed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  if (kind === 'none_allows')
    return `no ${typeTexts[type]} at the ${where} allows ${what} (${names === '' ? 'none is attached' : names})`;
  const verbs = { denies: 'denies', may_deny: 'may deny', may_allow: 'alone may allow' };
  return `${typeTexts[type]} ${names} ${verbs[kind]} ${what} by ${where}${open === null ? '' : `: ${open}`}`;
}
