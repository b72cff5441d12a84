import type { ClientBase } from 'pg';
import { hasRelation } from '../has-relation.ts';

const tables = ['finding_history', 'check_history', 'key_sharing_history'];

/** Whether all tables of the history are there. */
export async function hasHistory(client: ClientBase): Promise<boolean> {
  for (const table of tables) if (!(await hasRelation(client, table))) return false;
  return true;
}
