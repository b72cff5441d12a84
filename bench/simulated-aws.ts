import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { credentialsEnvironment } from '../lab/aws/credentials.ts';
import type { HostFacts } from '../lab/aws/http/hosts.ts';
import type { GenerateOptions } from '../lab/aws/organizations/generate.ts';

/** Calls that the simulated AWS has answered so far. */
export interface Counts {
  readonly requests: Readonly<Record<string, number>>;
  readonly throttled: number;
  /** By name; empty without TLS. */
  readonly hosts: Readonly<Record<string, HostCounts>>;
  /** When the last call that lists accounts was answered, in milliseconds since 1970; null: none was. */
  readonly accountsListedAt: number | null;
  /** CPU of the simulated AWS since it serves, in seconds. */
  readonly cpuSeconds: number;
}

export type HostCounts = Omit<HostFacts, 'inFlight'>;

/** Calls of all operations. */
export function callsIn({ requests }: Counts): number {
  return Object.values(requests).reduce((sum, count) => sum + count, 0);
}

export interface SimulatedAws {
  readonly url: string;
  /** The spec's `custom_endpoint_…`. */
  readonly endpoint: Readonly<Record<string, unknown>>;
  /** The management account's credentials, as environment. */
  readonly env: Readonly<Record<string, string>>;
  counts(): Promise<Counts>;
  /** The share of every quota that is left for us; others take the rest. */
  setQuotaFactor(quotaFactor: number): Promise<void>;
}

export interface Simulation {
  readonly generate: GenerateOptions;
  readonly latencyMs?: number;
  /** Enforce AWS's published quotas. */
  readonly quotas?: boolean;
  /** PEM files: it speaks TLS. */
  readonly tls?: { readonly key: string; readonly certificate: string };
}

/** Collecting young garbage seldom: the simulator must not be what is measured. */
const roomy = ['--max-semi-space-size=64'];

/** The simulated AWS in a process of its own, so that its CPU is not the plugin's. */
export async function withSimulatedAws<T>(
  simulation: Simulation,
  work: (aws: SimulatedAws) => Promise<T>,
): Promise<T> {
  const child = spawn(process.execPath, [...roomy, 'build/aws.js', JSON.stringify(simulation)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => JSON.parse((await lines.next()).value ?? 'null');
  const ask = (order: unknown) => {
    child.stdin.write(`${JSON.stringify(order)}\n`);
    return answer();
  };
  try {
    const { url, managementAccountId } = await answer();
    return await work({
      url,
      endpoint: { custom_endpoint_url: url, custom_endpoint_hostname_immutable: true },
      env: credentialsEnvironment(managementAccountId),
      counts: () => ask({ ask: 'counts' }),
      setQuotaFactor: (quotaFactor) => ask({ quotaFactor }),
    });
  } finally {
    child.stdin.end();
    await once(child, 'exit');
  }
}
