/** The fields of an ARN, `arn:partition:service:region:account-id:resource`. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  /** Empty for services without regions. */
  readonly region: string;
  /** Empty for what has no account (buckets); in policies also a pattern, or a name of AWS's own (`cloudfront`). */
  readonly accountId: string;
  readonly resource: string;
}

/** Null when the text is no ARN of six fields, or one that must be there is empty. */
export function parseArn(text: string): Arn | null {
  const [scheme, partition = '', service = '', region = '', accountId = '', ...rest] = text.split(':');
  const resource = rest.join(':');
  if (scheme !== 'arn' || partition === '' || service === '' || resource === '') return null;
  return { partition, service, region, accountId, resource };
}

/** Null when there is no ARN. */
export const partitionOfArn = (text: string | null | undefined): string | null =>
  text == null ? null : (parseArn(text)?.partition ?? null);

export const isAccountId = (text: string): boolean => /^\d{12}$/.test(text);
