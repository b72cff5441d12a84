import { callsOf } from '../../src/permissions/calls.ts';
import { memberPolicy } from '../../src/permissions/policy.ts';
import { iamAction } from '../../src/services/iam-action.ts';
import { accounts } from '../../src/tables/accounts.ts';
import type { ColumnKind } from '../../src/tables/column.ts';
import { primaryKey, syncColumns, type Table } from '../../src/tables/table.ts';
import { code, fenced, markdownTable } from './markdown.ts';
import { queriesOf } from './queries.ts';

/** What PostgreSQL makes of each kind of column. */
const postgresTypes: Readonly<Record<ColumnKind, string>> = {
  text: 'text',
  boolean: 'boolean',
  integer: 'bigint',
  number: 'double precision',
  timestamp: 'timestamp',
  text_list: 'text[]',
  json: 'jsonb',
  uuid: 'uuid',
};

/** `docs/tables/<table>.md` */
export async function tablePage(table: Table): Promise<string> {
  const queries = await queriesOf(table.name);
  return `# ${table.title}

${code(table.name)}: ${table.doc}

Primary key: ${primaryKey(table).map(code).join(', ')}.

Null never means "no" or "none": AWS did not answer, or the value does not apply. Each column says which, and
${nullReason(table)}

## Columns

${columnTable(table)}

## AWS calls and permissions

${callsSection(table)}

## Queries

${queries.map(({ title, sql }) => `${title}:\n\n${fenced('sql', sql)}`).join('\n\n')}
`;
}

function nullReason(table: Table): string {
  const why = 'errors' in table.columns ? '`errors` why AWS did not answer; ' : '';
  return `${why}[coverage](aws_encryption_coverage.md) tells what could not be seen at all.`;
}

function columnTable(table: Table): string {
  const columns = Object.entries({ ...syncColumns, ...table.columns });
  const rows = columns.map(([name, { kind, doc, primaryKey: isKey }]) => [
    code(name),
    postgresTypes[kind] + (isKey ? ', key' : ''),
    doc,
  ]);
  return markdownTable(['Column', 'Type', 'Meaning'], rows);
}

function callsSection(table: Table): string {
  const calls = callsOf(table);
  if (calls.length === 0) return 'No call of its own.';
  const rows = calls.map((operation) => [code(operation), code(iamAction(operation))]);
  const list = markdownTable(['Operation', 'IAM action'], rows);
  if (table === accounts) {
    return `${list}

Made with the credentials that list the organization: see [Authentication](../_authentication.md).`;
  }
  return `${list}

The least policy of a role that is to fill this table alone:

${fenced('json', JSON.stringify(memberPolicy([table]), null, 2))}`;
}
