import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type Certificates, withCertificates } from '../lab/aws/certificates.ts';
import { regionNames } from '../lab/aws/organizations/generate.ts';
import { type Measured, organizations, specOf } from './organizations.ts';
import { withPlugin } from './plugin-process.ts';
import { print } from './print.ts';
import { inTurns, type Program } from './programs.ts';
import { callsIn, type HostCounts, withSimulatedAws } from './simulated-aws.ts';

/** What AWS's hosts are called: a service in a region, an account or a bucket of it, a global service. */
const names = [
  '*.amazonaws.com',
  ...regionNames.flatMap((region) => [
    `*.${region}.amazonaws.com`,
    `*.ecr.${region}.amazonaws.com`,
    `*.s3.${region}.amazonaws.com`,
    `*.s3-control.${region}.amazonaws.com`,
    `*.${region}.api.aws`,
  ]),
];

/** How the plugin is told to trust the simulator: what most users have costs as this does, the other is our own. */
type Trust = 'NODE_EXTRA_CA_CERTS' | 'AWS_CA_BUNDLE';

/** As users have it: TLS, and a host for each service and region. */
export async function tls(measured: readonly Program[]): Promise<void> {
  const [empty, tenThousand] = [organizations.at(0), organizations.at(-1)] as readonly [Measured, Measured];
  const small = (accounts: number, regions: number): Measured => ({
    ...empty,
    name: `${accounts} × ${regions}, no keys, all tables`,
    generate: { accounts, regions, keysPerRegion: 0 },
  });
  const lines: readonly (readonly [Measured, Trust])[] = [
    [small(2, 3), 'AWS_CA_BUNDLE'],
    [small(2, 3), 'NODE_EXTRA_CA_CERTS'],
    [small(20, 17), 'NODE_EXTRA_CA_CERTS'],
    [tenThousand, 'NODE_EXTRA_CA_CERTS'],
  ];
  const rows = await withCertificates(names, async (certificates) => {
    const all = [];
    for (const [each, trust] of lines) {
      const costs = await inTurns(measured, ({ path }) => measure(each, path, trust, certificates));
      all.push(...costs.map((cost) => ({ organization: each.name, trust, ...cost })));
    }
    return all;
  });
  print(
    'TLS, a host for each service and region; fewest: the sum over hosts of the most requests in flight there',
    rows,
  );
}

async function measure(measured: Measured, program: string, trust: Trust, certificates: Certificates) {
  const { generate, latencyMs, tables } = measured;
  const { authority, key, certificate } = certificates;
  const dnsReport = join(dirname(key), 'dns.txt');
  const simulation = { generate, latencyMs, tls: { key, certificate } };
  const line = await withSimulatedAws(simulation, (aws) => {
    const env = {
      ...aws.env,
      [trust]: authority,
      NODE_OPTIONS: `--import ${resolve('build/bench-direct-to-simulator.js')}`,
      BENCH_PORT: new URL(aws.url).port,
      BENCH_DNS_REPORT: dnsReport,
    };
    return withPlugin(program, env, async (sync) => {
      const cost = await sync(specOf(measured), tables);
      const counts = await aws.counts();
      const calls = callsIn(counts);
      return {
        calls,
        seconds: cost.seconds,
        ...handshakes(Object.values(counts.hosts)),
        'CPU µs a call': (cost.cpuSeconds * 1e6) / calls,
      };
    });
  });
  return { ...line, 'DNS questions': Number(await readFile(dnsReport, 'utf8')) };
}

function handshakes(hosts: readonly HostCounts[]) {
  const made = hosts.reduce((sum, { connections }) => sum + connections, 0);
  const peak = Math.max(0, ...hosts.map(({ peakInFlight }) => peakInFlight));
  return {
    hosts: hosts.length,
    'peak in flight of a host': peak,
    handshakes: made,
    'of them resumed': hosts.reduce((sum, { resumed }) => sum + resumed, 0),
    'handshakes / (hosts × peak)': made / (hosts.length * peak),
    'goal ratio': 1.1,
    'handshakes / fewest': made / hosts.reduce((sum, { peakInFlight }) => sum + peakInFlight, 0),
  };
}
