import type { Grant } from '../../services/kms/facts.ts';
import { type Condition, readConditions } from '../policy/condition.ts';
import type { Admission, ResourceContext } from './admission.ts';
import { underCondition } from './allow.ts';
import { alike, carried } from './request-keys.ts';

/**
 * What a grant's constraints leave of its admissions. Those on the encryption context do not bind operations that take
 * none, such as DescribeKey (KMS API reference, GrantConstraints, read 2026-11-28): there the same key in a policy
 * would let nobody in.
 */
export function underConstraints(
  grant: Grant,
  admissions: readonly Admission[],
  context: ResourceContext,
): readonly Admission[] {
  if (hasOtherContextKeys(grant, context)) return [];
  const equals = grant.constraints?.EncryptionContextEquals;
  const contextKeys = typeof equals === 'object' && equals !== null ? Object.keys(equals) : null;
  return constraintsOf(grant).reduce<readonly Admission[]>(
    (list, condition) =>
      list
        .flatMap((admission) => alike(admission, [condition], context))
        .flatMap((part) =>
          carried(condition.id, part.actions, context) === 'never'
            ? [part]
            : underCondition(part, condition, context),
        ),
    contextKeys === null ? admissions : admissions.flatMap((part) => withOnly(contextKeys, part, context)),
  );
}

/** EncryptionContextEquals leaves no place for other keys, where there is an encryption context at all. */
function withOnly(
  contextKeys: readonly string[],
  admission: Admission,
  context: ResourceContext,
): readonly Admission[] {
  const id = 'kms:encryptioncontext:any';
  return alike(admission, [{ id }], context).map((part) =>
    carried(id, part.actions, context) === 'never'
      ? part
      : { ...part, contextKeys: contextKeys.map((key) => key.toLowerCase()) },
  );
}

/** A grant's constraints as the conditions that they amount to. */
function constraintsOf({ constraints }: Grant): readonly Condition[] {
  const {
    EncryptionContextSubset: subset,
    EncryptionContextEquals: equals,
    SourceArn: sourceArn,
    ...rest
  } = { ...constraints };
  const pairs = Object.entries({ ...texts(subset), ...texts(equals) });
  const blocks = {
    StringEquals: Object.fromEntries(pairs.map(([key, value]) => [`kms:EncryptionContext:${key}`, value])),
    ArnLike: typeof sourceArn === 'string' ? { 'aws:SourceArn': sourceArn } : {},
    // Constraints that came later: they limit, and are not decided here.
    StringLike: Object.fromEntries(Object.keys(rest).map((name) => [`kms:GrantConstraint:${name}`, []])),
  };
  const conditions = readConditions(blocks, false);
  return typeof conditions === 'string' ? [] : conditions;
}

const texts = (value: unknown): Readonly<Record<string, string>> =>
  typeof value !== 'object' || value === null
    ? {}
    : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, String(item)]));

/** EncryptionContextEquals admits no request whose context has other keys. */
function hasOtherContextKeys({ constraints }: Grant, { request }: ResourceContext): boolean {
  const equals = constraints?.EncryptionContextEquals;
  if (request === null || typeof equals !== 'object' || equals === null) return false;
  return Object.keys(request.encryptionContext).some((key) => !Object.hasOwn(equals, key));
}
