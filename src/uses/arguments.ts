import { CONNECTION_VARIABLE } from '../postgres/database.ts';
import { connectionOf, formatOf, type Values } from '../verb.ts';
import { formatJson } from './format/json.ts';
import { formatTable } from './format/table.ts';
import type { Answer } from './uses.ts';

const formats = new Map<string, (answer: Answer) => string>([
  ['table', formatTable],
  ['json', formatJson],
]);

export interface UsesArguments {
  readonly connection: string;
  /** An id, an ARN, or an alias. */
  readonly key: string;
  readonly format: (answer: Answer) => string;
}

export const usage = `Usage: uses KEY [--format table]

Says what hangs on a key, as far as it was read: buckets, resources and their replication in any account, grants of
services, accounts that AWS RAM shares it with; what of it breaks when the key is disabled, and when; what was not seen;
and what nobody can read. It never says that a key can go.

  KEY           the key's id or ARN, or an alias (alias/…, or its ARN)
  --connection  the database of the sync; default: the variable ${CONNECTION_VARIABLE}
  --format      table (default) or json
  --help        this text

It needs the right to read the views (the verb \`views\` makes them), and no table.

Exit codes:
  0   what is known of the key was printed
  2   no such key was seen, or several are called so, which are listed; or the database cannot be asked
  64  wrong arguments
`;

/** What the verb takes on the command line. */
export const options = {
  connection: { type: 'string' },
  format: { type: 'string', default: 'table' },
} as const;

/** @throws UsageError */
export function readArguments(values: Values<typeof options>, key: string): UsesArguments {
  const format = formatOf(values.format, formats);
  return { connection: connectionOf(values.connection), key, format };
}
