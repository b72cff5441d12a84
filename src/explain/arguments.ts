import { isAccountId, parseArn } from '../aws/arn.ts';
import { CONNECTION_VARIABLE } from '../postgres/database.ts';
import { connectionOf, formatOf, UsageError, type Values } from '../verb.ts';
import type { Explanation, Query } from './explain.ts';
import { formatJson } from './format/json.ts';
import { formatTable } from './format/table.ts';
import { readPrincipal } from './principals.ts';

/** Turns an explanation into text. */
export type Format = (explanation: Explanation) => string;

const formats = new Map<string, Format>([
  ['table', formatTable],
  ['json', formatJson],
]);

export interface ExplainArguments extends Query {
  readonly connection: string;
  readonly format: Format;
}

export const usage = `Usage: explain --resource <ARN or bucket> [--principal <ARN or account>] [--key <ARN>]

Answers "can this role read this bucket?" from the synced tables: one word, then the chain policy by policy (IAM,
permissions boundary, SCPs, the resource's policy, RCPs, key policy, AWS RAM or grant, state of the key), each allowed,
denied or not known, with the statement that decides and where it stands.

  --resource    a bucket's name, or the ARN of a bucket, of its objects (arn:aws:s3:::orders/2026/*), of a queue, topic,
                secret, table, …, or of a KMS key
  --principal   the ARN of a role, user, root user or session of a role; or an account: whoever of it can;
                default: every account that is let in, as the tables say
  --key         the key's ARN, where an object has another than the bucket's default
  --connection  the database of the sync; default: the variable ${CONNECTION_VARIABLE}
  --format      table (default) or json
  --help        this text

It needs the right to read the tables, the views (the verb \`views\` makes them) and the tables of what is asked about: s3_buckets or resources,
resource_policies, keys, key_policies, key_grants, accounts, organization_policies, coverage, and with
\`include_iam: true\` iam_principals and iam_policies. What was not read is not known, never none.

Exit codes:
  0   yes
  1   no
  2   unknown, or the question cannot be answered
  64  wrong arguments
`;

/** What the verb takes on the command line. */
export const options = {
  connection: { type: 'string' },
  resource: { type: 'string' },
  principal: { type: 'string' },
  key: { type: 'string' },
  format: { type: 'string', default: 'table' },
} as const;

/** @throws UsageError */
export function readArguments(values: Values<typeof options>): ExplainArguments {
  const { resource, principal, key } = values;
  if (!resource)
    throw new UsageError('Say what is to be read: --resource with an ARN or a name of a bucket.');
  const format = formatOf(values.format, formats);
  return {
    connection: connectionOf(values.connection),
    resource,
    who: whoIn(principal),
    key: keyIn(key),
    format,
  };
}

function whoIn(principal: string | undefined): Query['who'] {
  if (principal === undefined) return null;
  if (isAccountId(principal)) return principal;
  const ref = readPrincipal(principal);
  if (ref !== null) return ref;
  throw new UsageError(
    `--principal ${principal} is no account id of 12 digits, and no ARN of a role, user, root user or session of a role.`,
  );
}

function keyIn(key: string | undefined): string | null {
  if (key === undefined) return null;
  const arn = parseArn(key);
  if (arn?.service === 'kms' && arn.resource.startsWith('key/')) return key;
  throw new UsageError(`--key ${key} is no ARN of a KMS key (arn:aws:kms:<region>:<account>:key/<id>).`);
}
