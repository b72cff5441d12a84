import { isAccountId, parseArn } from '../../aws/arn.ts';
import type { Condition } from '../policy/condition.ts';
import { ANY_TEXT, arnPattern, likePattern } from '../policy/pattern.ts';
import { fixedAccount, type ResourceContext } from './admission.ts';
import { canOccur, isPrincipalArn } from './possible-values.ts';
import type { ValueKind } from './property.ts';
import { fillVariables, unescaped } from './variables.ts';

/** What a condition's values match: surely (`lower`) and at most (`upper`). Equal when all can be decided. */
export interface Bounds {
  readonly lower: readonly string[];
  readonly upper: readonly string[];
}

const undecided: Bounds = { lower: [], upper: [ANY_TEXT] };

/** The patterns that a condition's values stand for, read as values of the given kind. */
export function boundsOf(condition: Condition, kind: ValueKind, context: ResourceContext): Bounds {
  if (condition.values.length === 0) return undecided;
  const lower: string[] = [];
  const upper: string[] = [];
  let decided = true;
  for (const value of condition.values) {
    const bounds = boundsOfValue(value, condition, kind, context);
    lower.push(...bounds.lower);
    upper.push(...bounds.upper);
    if (bounds.lower !== bounds.upper) decided = false;
  }
  return decided ? { lower, upper: lower } : { lower, upper };
}

function boundsOfValue(
  value: string,
  condition: Condition,
  kind: ValueKind,
  context: ResourceContext,
): Bounds {
  if (!condition.variables || !value.includes('${')) return compile(value, condition, kind, context);
  const filled = fillVariables(value, context);
  if (filled === null) return exact([]);
  const { text, open } = filled;
  const upper = compile(text, condition, kind, context).upper.map(unescaped);
  // A variable that is not known here may match anything that the rest allows.
  return open ? { lower: [], upper } : exact(upper);
}

function compile(text: string, condition: Condition, kind: ValueKind, context: ResourceContext): Bounds {
  const open = text.includes(ANY_TEXT);
  switch (condition.comparison) {
    case 'StringEquals':
      return literal(text, condition, kind, context, open);
    case 'StringEqualsIgnoreCase':
      if (kind === 'arn' || kind === 'access_point' || kind === 'content' || kind === 'text')
        return ignoringCase(text, kind);
      return literal(text.toLowerCase(), condition, kind, context, open);
    case 'Bool':
      return kind === 'flag' ? exact([text.toLowerCase()]) : undecided;
    case 'StringLike':
      return pattern(sourceArnPattern(text, condition) ?? likePattern(text), condition, kind, context);
    case 'Arn': {
      const compiled = arnPattern(text);
      return compiled === null ||
        (kind !== 'arn' && kind !== 'access_point' && kind !== 'content' && kind !== 'text')
        ? undecided
        : pattern(compiled, condition, kind, context);
    }
    default:
      return undecided;
  }
}

/**
 * `arn:aws:cloudtrail:*:111122223333:trail/*`: to the letter, the first `*` of StringLike reaches over the account.
 * No service acts for a resource whose name holds such an ARN, so the account is the one that is written.
 */
function sourceArnPattern(text: string, { id }: Condition): string | null {
  const isFixed = id === 'aws:sourcearn' && isAccountId(parseArn(text)?.accountId ?? '');
  return isFixed ? arnPattern(text) : null;
}

const exact = (list: readonly string[]): Bounds => ({ lower: list, upper: list });

/** A value that can never equal an id of its kind matches nothing. */
function literal(
  text: string,
  condition: Condition,
  kind: ValueKind,
  context: ResourceContext,
  open: boolean,
): Bounds {
  if (!open && !canOccur(text, kind, condition.id)) return exact([]);
  // `*` is a character in names of objects, too, and hardly ever meant so.
  if (!open && kind === 'content' && /[*?]/.test(text)) return { lower: [], upper: [text] };
  return pattern(text, condition, kind, context);
}

function pattern(compiled: string, { id }: Condition, kind: ValueKind, context: ResourceContext): Bounds {
  if (id === 'aws:principalarn' && !isPrincipalArn(compiled)) return exact([]);
  if (kind === 'path') return organizationOfPath(compiled);
  if (kind === 'access_point') {
    const account = fixedAccount(compiled);
    return account === null ? undecided : { lower: [], upper: [account] };
  }
  if (kind === 'arn' && isOfOtherPartition(compiled, context)) return exact([]);
  return exact([compiled]);
}

/** Role and user names differ in more than case only between accounts: the account stays, the rest is open. */
function ignoringCase(text: string, kind: ValueKind): Bounds {
  const account = fixedAccount(text);
  if (account === null) return { lower: [text], upper: [ANY_TEXT] };
  if (kind === 'access_point') return { lower: [], upper: [account] };
  const head = text.split(':').slice(0, 5).join(':');
  return { lower: [text], upper: [`${head}:${ANY_TEXT}`] };
}

/** aws:PrincipalOrgPaths values carry the organization first: `o-…/r-…/ou-…/`. */
function organizationOfPath(compiled: string): Bounds {
  const [, organization, rest] = /^(o-[\w-]+)\/(.*)$/.exec(compiled) ?? [];
  if (organization === undefined) return undecided;
  // Any path of the organization is exact; a unit inside it is a part that accounts alone do not tell.
  return rest === ANY_TEXT ? exact([organization]) : { lower: [], upper: [organization] };
}

const isOfOtherPartition = (arn: string, { partition }: ResourceContext): boolean => {
  const [, field = ''] = /^arn:([a-z-]+):/.exec(arn) ?? [];
  return field !== '' && field !== partition;
};
