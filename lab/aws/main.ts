/**
 * The simulator as a child process: `node main.js '{"organization":"demo","latencyMs":20}'`, or the same JSON in
 * LAB_AWS. Prints one JSON line with its url; ends on SIGTERM, SIGINT, and when stdin closes, so that a killed
 * parent leaves nothing running. Each line on stdin is a question or an order in JSON and gets one line of answer:
 * `{"ask":"counts"}`, `{"quotaFactor":0.5}`.
 */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { demo } from './organizations/demo.ts';
import { type GenerateOptions, generate } from './organizations/generate.ts';
import { type SimulatorOptions, startSimulator } from './server.ts';

type Configuration = Pick<SimulatorOptions, 'port' | 'latencyMs' | 'quotas' | 'verifySignatures'> & {
  /** PEM files: the simulator speaks TLS. */
  readonly tls?: { readonly key: string; readonly certificate: string };
} & ({ readonly organization: 'demo' } | { readonly generate: GenerateOptions });

const text = process.argv[2] ?? process.env.LAB_AWS ?? '{"organization":"demo"}';
const configuration = JSON.parse(text) as Configuration;
const organization = 'generate' in configuration ? generate(configuration.generate) : demo();
const { tls, ...options } = configuration;
const simulator = await startSimulator(organization, {
  ...options,
  ...(tls && { tls: { key: readFileSync(tls.key, 'utf8'), cert: readFileSync(tls.certificate, 'utf8') } }),
});
const cpuAtStart = process.cpuUsage();

const stop = () => {
  void simulator.close().then(() => process.exit(0));
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
process.stdin.once('end', stop).once('error', stop);

/** What a line on stdin may say. */
interface Order {
  readonly ask?: 'counts';
  /** See `Quotas.factor`. */
  readonly quotaFactor?: number;
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const { quotaFactor } = JSON.parse(line) as Order;
  if (quotaFactor !== undefined) simulator.quotas.factor = quotaFactor;
  say({ ...counts(), cpuSeconds: cpuSeconds() });
});

/** By which a sync knows its accounts; units, policies and tags are read side by side with what is in them, too. */
const walk = ['organizations:ListAccounts', 'organizations:ListAccountsForParent'];

function counts() {
  const { quotas, requests, hosts, latencyMs } = simulator;
  const askedAt = requests.lastAskedAt(...walk);
  return {
    requests: requests.byOperation(),
    hosts: hosts.byName(),
    throttled: [...quotas.throttled.values()].reduce((sum, count) => sum + count, 0),
    /** When the last call that lists accounts was answered, in milliseconds since 1970; null: none was. */
    accountsListedAt: askedAt === null ? null : askedAt + latencyMs,
  };
}

/** Of this process since it serves: what cannot keep up is no measure of others. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage(cpuAtStart);
  return (user + system) / 1e6;
}

say({ url: simulator.url, managementAccountId: organization.managementAccountId });

function say(answer: unknown): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
