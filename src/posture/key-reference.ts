import { isAccountId, parseArn } from '../aws/arn.ts';

/**
 * The forms in which resources name their key. `default`: none is named, so the service takes its own alias;
 * `invalid`: the text is none of the forms that KMS knows, such as `aws/s3` for `alias/aws/s3`.
 */
export type KeyReferenceForm = 'arn' | 'alias_arn' | 'alias' | 'key_id' | 'default' | 'none' | 'invalid';

/** How a resource names the KMS key that it uses. */
export interface KeyReference {
  readonly form: KeyReferenceForm;
  /** As its owner wrote it; null for `default` and `none`. */
  readonly written: string | null;
  /** The account that the reference fixes; null: that of whoever resolves it. */
  readonly accountId: string | null;
  /** The partition that the reference fixes; null: the resource's. */
  readonly partition: string | null;
  /** The region that the reference fixes; null: the resource's. */
  readonly region: string | null;
  /** `alias/…`; null for other forms. */
  readonly alias: string | null;
  readonly keyId: string | null;
}

const blank = { written: null, accountId: null, partition: null, region: null, alias: null, keyId: null };

/** No KMS key is used. */
export const noKey: KeyReference = { ...blank, form: 'none' };

/** KMS API reference, DescribeKey KeyId: a UUID, or `mrk-` and 32 digits of a multi-Region key (read 2026-11-28). */
const keyId = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$/i;
/** KMS API reference, CreateAlias AliasName (read 2026-11-28). */
const aliasName = /^alias\/[\w/-]+$/;

/**
 * @param written as the resource has it; null: the key of `defaultAlias` is used
 * @param defaultAlias `alias/aws/s3`; null: the service has none, and what is not written names no key
 */
export function readKeyReference(written: string | null, defaultAlias: string | null): KeyReference {
  if (written === null)
    return defaultAlias === null
      ? { ...blank, form: 'invalid' }
      : { ...blank, form: 'default', alias: defaultAlias };
  if (aliasName.test(written)) return { ...blank, form: 'alias', written, alias: written };
  if (keyId.test(written)) return { ...blank, form: 'key_id', written, keyId: written };
  return readKeyArn(written) ?? { ...blank, form: 'invalid', written };
}

/** Whether a key of that id exists, KMS tells; null for what is no ARN of a key or alias. */
function readKeyArn(written: string): KeyReference | null {
  const arn = parseArn(written);
  if (arn?.service !== 'kms' || arn.region === '' || !isAccountId(arn.accountId)) return null;
  const place = { written, accountId: arn.accountId, partition: arn.partition, region: arn.region };
  if (aliasName.test(arn.resource)) return { ...blank, ...place, form: 'alias_arn', alias: arn.resource };
  const id = /^key\/([\w-]+)$/.exec(arn.resource)?.[1];
  return id === undefined ? null : { ...blank, ...place, form: 'arn', keyId: id };
}

/**
 * Why a reference leads to no key that can serve a resource in that place; null: it may. "The KMS key must be in the
 * same Region as the bucket" (S3 user guide, "Specifying SSE-KMS", read 2026-11-28); so it is with every service that
 * encrypts at rest, multi-Region keys included, which S3 "treats as single-Region keys".
 */
export function misdirection(
  { form, written, partition, region }: KeyReference,
  place: { readonly partition: string; readonly region: string },
): string | null {
  if (form === 'invalid') return written === null ? 'no KMS key is named' : `"${written}" names no KMS key`;
  if (partition !== null && partition !== place.partition)
    return `its key is of another partition, ${partition}`;
  if (region !== null && region !== place.region)
    return `its key is in ${region}, and a resource can only use keys of its own region, ${place.region}`;
  return null;
}

/** `alias/aws/…` names an AWS managed key, whether AWS has created it yet or not. */
export const isAwsManagedAlias = (alias: string | null): boolean => alias?.startsWith('alias/aws/') ?? false;
