/**
 * The simulator as a child process: `node main.js '{"organization":"demo","latencyMs":20}'`, or the same JSON in
 * LAB_AWS. Prints one JSON line with its url; ends on SIGTERM, SIGINT, and when stdin closes, so that a killed
 * parent leaves nothing running. Each line on stdin is a question or an order in JSON and gets one line of answer:
 * `{"ask":"counts"}`, `{"quotaFactor":0.5}`.
 */
import { createInterface } from 'node:readline';
import { demo } from './organizations/demo.ts';
import { type GenerateOptions, generate } from './organizations/generate.ts';
import { type SimulatorOptions, startSimulator } from './server.ts';

type Configuration = Pick<SimulatorOptions, 'port' | 'latencyMs' | 'quotas' | 'verifySignatures'> &
  ({ readonly organization: 'demo' } | { readonly generate: GenerateOptions });

const text = process.argv[2] ?? process.env.LAB_AWS ?? '{"organization":"demo"}';
const configuration = JSON.parse(text) as Configuration;
const organization = 'generate' in configuration ? generate(configuration.generate) : demo();
const simulator = await startSimulator(organization, configuration);

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
  const throttled = [...simulator.quotas.throttled.values()].reduce((sum, count) => sum + count, 0);
  say({ requests: simulator.requests.byOperation(), throttled });
});

say({ url: simulator.url, managementAccountId: organization.managementAccountId });

function say(answer: unknown): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
