import { actionsOf } from '../policy/action.ts';
import { contentsOf } from '../policy/grammar.ts';
import { ANY_TEXT, arnPattern, covers, likePattern, overlaps } from '../policy/pattern.ts';
import type { Statement } from '../policy/statement.ts';
import { exactly, isEmpty, meet, members, type ValueSet, without } from '../policy/value-set.ts';
import { type Admission, type ResourceContext, withContents } from './admission.ts';
import type { Parts } from './parts.ts';
import { type FilledText, fillVariables, unescaped } from './variables.ts';

/**
 * Takes an admission apart by a statement's Resource: actions on the resource that carries the policy need that
 * resource to match; actions on what is inside (objects of a bucket), or on either, are narrowed to the part that
 * matches.
 */
export function splitByResource(admission: Admission, statement: Statement, context: ResourceContext): Parts {
  if (statement.resources === null) return { holds: [admission], may: [], fails: [] };
  if (!statement.notResource && statement.resources.includes('*'))
    return { holds: [admission], may: [], fails: [] };
  const patterns = statement.resources.flatMap(
    (text) => resourcePattern(text, statement, admission, context) ?? [],
  );
  const catalog = actionsOf(context.grammar);
  const inside = withActions(admission, admission.actions & catalog.onContents);
  const either = withActions(admission, admission.actions & catalog.onEither);
  const itself = withActions(admission, admission.actions & ~(catalog.onContents | catalog.onEither));
  const contents = contentsOf(context.grammar, context.arn);
  const parts = [
    ...(itself === null ? [] : [splitItself(itself, patterns, context.arn)]),
    ...(inside === null ? [] : [splitContents(inside, patterns, exactly(...contents))]),
    ...(either === null ? [] : [splitContents(either, patterns, exactly(context.arn, ...contents))]),
  ];
  const holds = parts.flatMap((part) => part.holds);
  const may = parts.flatMap((part) => part.may);
  const fails = parts.flatMap((part) => part.fails);
  return statement.notResource ? { holds: fails, may, fails: holds } : { holds, may, fails };
}

interface ResourcePattern {
  readonly pattern: string;
  /** False when a policy variable leaves open what it matches. */
  readonly decided: boolean;
}

/** Twelve characters: whichever account calls. */
const anyAccount = '?'.repeat(12);

/** Null: it matches nothing. */
function resourcePattern(
  text: string,
  { variables, effect, notResource }: Statement,
  { accounts, caller }: Admission,
  context: ResourceContext,
): ResourcePattern | null {
  if (!variables || !text.includes('${')) return { pattern: patternOf(text), decided: true };
  const [account, ...more] = members(accounts) ?? [];
  const isFixed = account !== undefined && more.length === 0;
  const byAccount = text.replaceAll(callersAccount, isFixed ? account : anyAccount);
  // An Allow that gives each caller a part of its own lets every caller in; a Deny takes from each its own.
  const isEachOnesOwn = effect === 'Allow' && !notResource && caller === 'identity';
  const isAccountKnown = isFixed || isEachOnesOwn || byAccount === text;
  const filled = caller === 'identity' ? fillVariables(byAccount, context) : openVariables(byAccount);
  if (filled === null) return null;
  return { pattern: unescaped(patternOf(filled.text)), decided: isAccountKnown && !filled.open };
}

const callersAccount = /\$\{aws:PrincipalAccount\}/gi;

const openVariables = (text: string): FilledText => ({
  text: text.replaceAll(/\$\{[^}]*\}/g, ANY_TEXT),
  open: text.includes('${'),
});

const patternOf = (text: string): string => arnPattern(text) ?? likePattern(text);

function splitItself(admission: Admission, patterns: readonly ResourcePattern[], arn: string): Parts {
  if (patterns.some(({ pattern, decided }) => decided && covers(pattern, arn)))
    return { holds: [admission], may: [], fails: [] };
  if (patterns.some(({ pattern }) => overlaps(pattern, arn)))
    return { holds: [], may: [admission], fails: [] };
  return { holds: [], may: [], fails: [admission] };
}

/** @param all what there is before any Resource narrows it */
function splitContents(admission: Admission, patterns: readonly ResourcePattern[], all: ValueSet): Parts {
  const whole = admission.contents.only === null ? all : admission.contents;
  const surely = patterns.filter(({ decided }) => decided).map(({ pattern }) => pattern);
  const atMost = patterns.map(({ pattern }) => pattern);
  const outside = without(whole, surely);
  return {
    holds: someOf(admission, meet(whole, surely)),
    may: surely.length === atMost.length ? [] : someOf(admission, meet(outside, atMost)),
    fails: someOf(admission, without(whole, atMost)),
  };
}

const someOf = (admission: Admission, contents: ValueSet): readonly Admission[] =>
  isEmpty(contents) ? [] : [withContents(admission, contents)];

function withActions(admission: Admission, actions: bigint): Admission | null {
  if (actions === 0n) return null;
  return actions === admission.actions ? admission : { ...admission, actions };
}
