import { isAccountId, parseArn } from './policy/arn.ts';

/** The forms in which resources name their key. `default`: none is named, so the service takes its own alias. */
export type KeyReferenceForm = 'arn' | 'alias_arn' | 'alias' | 'key_id' | 'default' | 'none';

/** How a resource names the KMS key that it uses. */
export interface KeyReference {
  readonly form: KeyReferenceForm;
  /** As its owner wrote it; null for `default` and `none`. */
  readonly written: string | null;
  /** The account that the reference fixes; null: that of whoever resolves it. */
  readonly accountId: string | null;
  /** The region that the reference fixes; null: the resource's. */
  readonly region: string | null;
  /** `alias/…`; null for other forms. */
  readonly alias: string | null;
  readonly keyId: string | null;
}

const blank = { written: null, accountId: null, region: null, alias: null, keyId: null };

/** No KMS key is used. */
export const noKey: KeyReference = { ...blank, form: 'none' };

/**
 * @param written as the resource has it; null: the key of `defaultAlias` is used
 * @param defaultAlias `alias/aws/s3`
 */
export function readKeyReference(written: string | null, defaultAlias: string): KeyReference {
  if (written === null || written === '') return { ...blank, form: 'default', alias: defaultAlias };
  const arn = parseArn(written);
  if (arn === null) {
    if (written.startsWith('alias/')) return { ...blank, form: 'alias', written, alias: written };
    return { ...blank, form: 'key_id', written, keyId: written };
  }
  const place = {
    written,
    accountId: isAccountId(arn.account) ? arn.account : null,
    region: arn.region === '' ? null : arn.region,
  };
  if (arn.resource.startsWith('alias/'))
    return { ...blank, ...place, form: 'alias_arn', alias: arn.resource };
  return { ...blank, ...place, form: 'arn', keyId: arn.resource.replace(/^key\//, '') };
}

/** `alias/aws/…` names an AWS managed key, whether AWS has created it yet or not. */
export const isAwsManagedAlias = (alias: string | null): boolean => alias?.startsWith('alias/aws/') ?? false;
