import { readFileSync } from 'node:fs';
import { vi } from 'vitest';
import { credentialsEnvironment } from '../../lab/aws/credentials.ts';
import type { Simulator } from '../../lab/aws/server.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import type { BackendOptions } from '../../src/state/backend.ts';
import type { Message } from '../../src/sync/message.ts';
import { type Shard, wholeSync } from '../../src/sync/shard.ts';
import { startSync } from '../../src/sync/start.ts';
import { selectTables } from '../../src/table-choice.ts';

type Cells = Readonly<Record<string, unknown>>;

/** What one sync said. */
export interface Said {
  /** Rows by table, without `aws_encryption_`. */
  readonly rows: Readonly<Record<string, readonly Cells[]>>;
  /** Rows that the destination is told to delete: the columns that tell them, with the table as in `rows`. */
  readonly deletions: readonly (Cells & { readonly table: string })[];
  /** The table of each error message. */
  readonly errors: readonly string[];
  /** `<level>: <message>` */
  readonly log: readonly string[];
}

/** A case of a fault file. */
export interface FaultFile {
  readonly spec: Cells;
  readonly faults: readonly {
    readonly operation: string;
    readonly region?: string;
    readonly effect: string;
  }[];
}

export function faultFile(name: string): FaultFile {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
}

/** Lets the simulated AWS deny what the file says. */
export function strike({ faults }: Simulator, { faults: denied }: FaultFile): void {
  for (const { operation, region } of denied) {
    faults.add({ operation, ...(region !== undefined && { region }), effect: { kind: 'deny' } });
  }
}

/**
 * One sync of a simulated AWS in this process, with the long-term credentials of an account.
 * @param hear gets each message as it is sent
 */
export async function syncInProcess(
  aws: Simulator,
  accountId: string,
  spec: Cells,
  tables: readonly string[] = ['aws_encryption_*'],
  backend: BackendOptions | null = null,
  hear: (message: Message) => void = () => {},
  signal = new AbortController().signal,
  shard: Shard = wholeSync,
): Promise<Said> {
  for (const name of ['AWS_PROFILE', 'AWS_REGION', 'AWS_DEFAULT_REGION']) vi.stubEnv(name, undefined);
  for (const [name, value] of Object.entries(credentialsEnvironment(accountId))) vi.stubEnv(name, value);
  const given = { max_retries: 1, max_backoff: 0, custom_endpoint_url: aws.url, ...spec };
  const log: string[] = [];
  const keep = (level: string) => (message: string) => void log.push(`${level}: ${message}`);
  const rows: Record<string, Cells[]> = {};
  const deletions: (Cells & { readonly table: string })[] = [];
  const errors: string[] = [];
  const send = async (message: Message) => {
    hear(message);
    if (message.kind === 'error') errors.push(message.table.name.replace('aws_encryption_', ''));
    const table = message.table.name.replace('aws_encryption_', '');
    if (message.kind === 'delete') deletions.push({ table, ...message.where });
    if (message.kind !== 'insert') return;
    rows[table] = [...(rows[table] ?? []), ...message.rows.map(({ cells }) => cells)];
  };
  const request = {
    settings: parseSpec(JSON.stringify(given)).settings,
    chosen: selectTables({ tables: [...tables], skipTables: [], skipDependentTables: false }),
    shard,
    backend,
    log: { debug: keep('debug'), info: keep('info'), warn: keep('warn'), error: keep('error') },
  };
  try {
    await startSync(request, send, signal);
  } finally {
    vi.unstubAllEnvs();
  }
  return { rows, deletions, errors, log };
}
