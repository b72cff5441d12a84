import { createHash, hash } from 'node:crypto';
import { primaryKey, type Table } from './table.ts';

/**
 * `_cq_id`: 16 bytes derived from the table and the primary key, so that the same key has the same id in every
 * sync and a child can name its parent without having seen it.
 */
export function rowIdentity(table: Table, cells: Readonly<Record<string, unknown>>): Buffer {
  let text: string = table.name;
  for (const name of primaryKey(table)) text += `\0${String(cells[name])}`;
  return uuidOf(hash('sha256', text, 'buffer'));
}

/** The identity of a row where the destination keeps the rows of every sync: no other sync has the same. */
export const saltedIdentity = (identity: Buffer, salt: string): Buffer =>
  uuidOf(createHash('sha256').update(identity).update(salt).digest());

function uuidOf(digest: Buffer): Buffer {
  const id = digest.subarray(0, 16);
  // RFC 9562 version 8 (made by the application), variant 10.
  id[6] = ((id[6] ?? 0) & 0x0f) | 0x80;
  id[8] = ((id[8] ?? 0) & 0x3f) | 0x80;
  return id;
}
