import type { Grant } from '../../aws/kms-facts.ts';
import { type Condition, readConditions } from '../policy/condition.ts';
import type { ResourceContext } from './admission.ts';

/** A grant's constraints as the conditions that they amount to. */
export function constraintsOf({ constraints }: Grant): readonly Condition[] {
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
export function hasOtherContextKeys({ constraints }: Grant, { request }: ResourceContext): boolean {
  const equals = constraints?.EncryptionContextEquals;
  if (request === null || typeof equals !== 'object' || equals === null) return false;
  return Object.keys(request.encryptionContext).some((key) => !Object.hasOwn(equals, key));
}
