/**
 * The simulator as a child process: `node main.js '{"organization":"demo","latencyMs":20}'`, or the same JSON in
 * LAB_AWS. Prints one JSON line with its url; ends on SIGTERM, SIGINT, and when stdin closes, so that a killed
 * parent leaves nothing running.
 */
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
process.stdin.once('end', stop).once('error', stop).resume();

const { url } = simulator;
process.stdout.write(`${JSON.stringify({ url, managementAccountId: organization.managementAccountId })}\n`);
