/** AWS's consoles by the partition of an ARN; `{region}` where the region is part of the name (read 2026-11-30). */
export const consoles: Readonly<Record<string, string>> = {
  aws: '{region}.console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

/** The page of a KMS key in AWS's console; null for what is no key's ARN, and where no console is known. */
export function consoleOfKey(arn: string | null): string | null {
  const [, partition = '', region = '', id = ''] =
    /^arn:([a-z-]+):kms:([a-z0-9-]+):\d{12}:key\/([A-Za-z0-9-]+)$/.exec(arn ?? '') ?? [];
  const host = Object.hasOwn(consoles, partition) ? consoles[partition] : undefined;
  if (host === undefined) return null;
  return `https://${host.replace('{region}', region)}/kms/home?region=${region}#/kms/keys/${id}`;
}
