/** The fields of an ARN, `arn:partition:service:region:account:resource`. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

/** Null when the text is no ARN of six fields. */
export function parseArn(text: string): Arn | null {
  const fields = text.split(':');
  const [scheme, partition, service, region, account] = fields;
  if (scheme !== 'arn' || fields.length < 6) return null;
  if (partition === undefined || service === undefined || region === undefined || account === undefined)
    return null;
  return { partition, service, region, account, resource: fields.slice(5).join(':') };
}

export const isAccountId = (text: string): boolean => /^\d{12}$/.test(text);
