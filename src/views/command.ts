import { CONNECTION_VARIABLE, DatabaseError, withDatabase } from '../postgres/database.ts';
import { codeOf } from '../postgres/failure.ts';
import { sqlFile } from '../postgres/sql-folder.ts';
import { connectionOf, defineVerb } from '../verb.ts';
import { visible } from '../visible.ts';
import { type Applied, applyViews, dropViews } from './apply.ts';

const usage = `Usage: views [--reader] [--drop]

Makes the SQL views over the tables aws_encryption_* in the schema aws_encryption; safe to run again.
A view whose tables are not synced is left out, and said to be.

  --connection  the database of the sync; default: the variable ${CONNECTION_VARIABLE}
  --reader      also make or renew the read-only role aws_encryption_reader for dashboards
  --drop        take the views away: a sync with migrate_mode: forced cannot change tables under them
  --help        this text

Exit codes: 0 done, 2 the database cannot be reached, holds no tables yet or tables of an earlier version, 64 wrong
arguments.
`;

/** The verb `views`. */
export const views = defineVerb({
  usage,
  options: {
    connection: { type: 'string' },
    reader: { type: 'boolean', default: false },
    drop: { type: 'boolean', default: false },
  },
  read: ({ connection, reader, drop }) => ({ connection: connectionOf(connection), reader, drop }),
  run: ({ connection, reader, drop }) =>
    withDatabase(connection, async (client) => {
      if (drop) {
        const dropped = await inTheWay(() => dropViews(client));
        process.stdout.write(`Dropped ${dropped.length} views of the schema aws_encryption.\n`);
        return 0;
      }
      const applied = await inTheWay(() => applyViews(client));
      if (reader) await client.query(await sqlFile('roles/reader.sql'));
      return report(applied, reader);
    }),
});

function report({ views, leftOut, lacking }: Applied, reader: boolean): number {
  const lines = [
    `Applied ${views.length} views in the schema aws_encryption.`,
    ...leftOut.map(({ view, reason }) => `Left out ${view}: ${visible(reason)}.`),
    ...lacking.map(({ table, columns }) => `The table ${table} lacks ${columns.join(', ')}.`),
    ...(lacking.length > 0 ? [olderVersion] : []),
    ...(reader ? ['The role aws_encryption_reader may read them.'] : []),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return views.includes('questions') && lacking.length === 0 ? 0 : 2;
}

const olderVersion =
  'An earlier version wrote these tables: sync once with this one, which adds the columns (CHANGELOG.md says where that takes `migrate_mode: forced` and `views --drop` before it), then run `views` again.';

/** Somebody's own views stand on ours: to drop those with them is not ours to decide. */
async function inTheWay<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (codeOf(error) !== '2BP01') throw error;
    const detail = error instanceof Error && 'detail' in error ? String(error.detail) : '';
    throw new DatabaseError(
      `Views of the schema aws_encryption have to be made anew, but others depend on them: drop these first and make them again afterwards. ${detail}`,
    );
  }
}
