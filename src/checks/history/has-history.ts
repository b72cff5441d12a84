import type { ClientBase } from 'pg';
import { hasRelation } from '../has-relation.ts';

/** Whether the tables of the history are there. */
export const hasHistory = async (client: ClientBase): Promise<boolean> =>
  (await hasRelation(client, 'finding_history')) && (await hasRelation(client, 'key_sharing_history'));
