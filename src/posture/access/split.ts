import { type Condition, holdsWhenAbsent, isPlain } from '../policy/condition.ts';
import { ABSENT } from '../policy/pattern.ts';
import { absent, exactly, isEmpty, meet, members, type ValueSet, without } from '../policy/value-set.ts';
import { type Admission, narrowed, type ResourceContext } from './admission.ts';
import { accountsNamedBy } from './identity.ts';
import { decideByPath } from './organization-path.ts';
import { always, maybe, never, type Split } from './parts.ts';
import { type Property, propertyOf, type ValueKind } from './property.ts';
import { boundsOf } from './values.ts';

/** Takes an admission apart by one line of a Condition block. */
export function splitByCondition(
  admission: Admission,
  condition: Condition,
  context: ResourceContext,
): Split<Admission> {
  const property = propertyOf(condition.id, admission, context);
  switch (property.kind) {
    case 'unknown':
      return splitByOthers(admission, condition, context);
    case 'identity':
      return splitByIdentity(admission, condition, context);
    case 'choice':
      return { holds: admission, may: null, fails: admission };
    case 'constant':
      return splitByConstant(admission, splitSet(property.set, condition, property.values, context));
    case 'dimension':
      return splitByDimension(admission, condition, property, context);
  }
}

function splitByDimension(
  admission: Admission,
  condition: Condition,
  { dimension, values }: Extract<Property, { readonly kind: 'dimension' }>,
  context: ResourceContext,
): Split<Admission> {
  if (values === 'path') {
    const decided = decideByPath(admission, condition, context.viewpoint);
    if (decided !== null) return decided;
  }
  const parts = splitSet(admission[dimension], condition, values, context);
  const part = (set: ValueSet | null): Admission | null =>
    set === null ? null : narrowed(admission, dimension, set, context.viewpoint);
  return { holds: part(parts.holds), may: part(parts.may), fails: part(parts.fails) };
}

/** What the conditions that are left over say of the same key decides it, where they fix its value. */
function splitByOthers(
  admission: Admission,
  condition: Condition,
  context: ResourceContext,
): Split<Admission> {
  const decided = (set: ValueSet) => splitByConstant(admission, splitSet(set, condition, 'text', context));
  const contextKey = /^kms:encryptioncontext:(.*)$/.exec(condition.id)?.[1];
  if (contextKey !== undefined && admission.contextKeys?.includes(contextKey) === false)
    return decided(absent);
  const fixing = admission.leftover.find(
    (other) =>
      other.id === condition.id &&
      other.comparison === 'StringEquals' &&
      isPlain(other) &&
      other.values.length > 0 &&
      !other.values.some((value) => value.includes('${')),
  );
  return fixing === undefined || fixing === condition ? maybe(admission) : decided(exactly(...fixing.values));
}

/** An id is never the whole account that it tells. */
function splitByIdentity(
  admission: Admission,
  condition: Condition,
  { viewpoint }: ResourceContext,
): Split<Admission> {
  const named = accountsNamedBy(condition);
  if (named === null || named.rest !== null) return maybe(admission);
  const may = narrowed(admission, 'accounts', meet(admission.accounts, named.accounts), viewpoint);
  return may === null ? never(admission) : { holds: null, may, fails: admission };
}

/** With one value for all requests, what holds for a part holds for all; several parts leave it open. */
function splitByConstant(admission: Admission, parts: Split<ValueSet>): Split<Admission> {
  if (parts.may === null && parts.fails === null) return always(admission);
  if (parts.may === null && parts.holds === null) return never(admission);
  return maybe(admission);
}

/** Takes the values of one condition key apart. */
function splitSet(
  set: ValueSet,
  condition: Condition,
  kind: ValueKind,
  context: ResourceContext,
): Split<ValueSet> {
  if (condition.comparison === 'Null') return splitByNull(set, condition);
  const plain = condition.comparison === 'StringEqualsIgnoreCase' ? splitLiterals(set, condition) : null;
  if (plain !== null) return plain;
  const { lower, upper } = boundsOf(condition, kind, context);
  // The patterns select what holds, or what fails when the operator is a negation; so with the absent value.
  const selectsAbsent = holdsWhenAbsent(condition) !== condition.negated;
  const surely = selectsAbsent ? [...lower, ABSENT] : lower;
  const atMost = upper === lower ? surely : selectsAbsent ? [...upper, ABSENT] : upper;
  const selected = some(meet(set, surely));
  const rest = some(without(set, atMost));
  const may = atMost === surely ? null : some(meet(without(set, surely), atMost));
  return condition.negated ? { holds: rest, may, fails: selected } : { holds: selected, may, fails: rest };
}

/** Values that are texts and no patterns can be compared letter by letter, large or small. */
function splitLiterals(set: ValueSet, condition: Condition): Split<ValueSet> | null {
  const texts = members(set);
  if (texts === null || condition.values.some((value) => value.includes('${'))) return null;
  const wanted = new Set(condition.values.map((value) => value.toLowerCase()));
  const part = (isMatch: boolean): ValueSet | null =>
    some({ only: texts.filter((text) => wanted.has(text.toLowerCase()) === isMatch), except: set.except });
  const [selected, rest] = [part(true), part(false)];
  return condition.negated
    ? { holds: rest, may: null, fails: selected }
    : { holds: selected, may: null, fails: rest };
}

function splitByNull(set: ValueSet, { values }: Condition): Split<ValueSet> {
  const wanted = new Set(values.map((value) => value.toLowerCase()));
  const missing = some(meet(set, [ABSENT]));
  const carried = some(without(set, [ABSENT]));
  if (wanted.size !== 1) return wanted.size === 0 ? maybe(set) : always(set);
  return wanted.has('true')
    ? { holds: missing, may: null, fails: carried }
    : { holds: carried, may: null, fails: missing };
}

const some = (set: ValueSet): ValueSet | null => (isEmpty(set) ? null : set);
