const plain = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** A word as a POSIX shell takes it, whatever is in it. */
export const quoted = (word: string): string =>
  plain.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** A command of the AWS CLI: `awsCommand('kms', 'enable-key', 'eu-west-1', ['--key-id', arn])`. */
export const awsCommand = (
  service: string,
  operation: string,
  region: string,
  words: readonly string[],
): string => ['aws', service, operation, '--region', region, ...words].map(quoted).join(' ');
