import { compile } from '../compile.ts';
import type { PluginSpec } from '../sync.ts';

export interface DestinationOptions {
  /** The CLI's `write_mode`; its default is `overwrite-delete-stale`. */
  readonly writeMode?: 'overwrite-delete-stale' | 'overwrite' | 'append';
  /** The CLI's `migrate_mode`; its default is `safe`. */
  readonly migrateMode?: 'safe' | 'forced';
  /** Rows that are kept back to be written at once. Default: 10,000, as in the official destination. */
  readonly batchSize?: number;
}

/** The `spec:` of our own PostgreSQL destination, built anew, under the official one's name. */
export async function postgresDestination(
  connectionString: string,
  options: DestinationOptions = {},
): Promise<PluginSpec> {
  return {
    name: 'postgresql',
    path: await compile('lab/destination/main.ts', 'destination'),
    ...(options.writeMode && { write_mode: options.writeMode }),
    ...(options.migrateMode && { migrate_mode: options.migrateMode }),
    spec: {
      connection_string: connectionString,
      ...(options.batchSize && { batch_size: options.batchSize }),
    },
  };
}
