/**
 * Loaded into the plugin's process before the plugin (`--import`): every host of AWS is this machine, port 443 is the
 * simulator's. Connections are direct, as users have them; a proxy would bring connections of its own. Says at the end
 * how often DNS was asked.
 */
import dns from 'node:dns';
import { writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

const { BENCH_PORT = '', BENCH_DNS_REPORT = '' } = process.env;
const isOfAws = (host: unknown): boolean =>
  typeof host === 'string' && /\.(amazonaws\.com|api\.aws)$/.test(host);

let questions = 0;
const { lookup } = dns;
const answerLocally = (host: string, ...rest: unknown[]) => {
  if (!isOfAws(host)) return Reflect.apply(lookup, dns, [host, ...rest]);
  questions += 1;
  const [options] = rest;
  const done = rest.at(-1) as (...answer: unknown[]) => void;
  const all = typeof options === 'object' && options !== null && 'all' in options && options.all === true;
  const address = '127.0.0.1';
  process.nextTick(() => (all ? done(null, [{ address, family: 4 }]) : done(null, address, 4)));
};
dns.lookup = answerLocally as typeof dns.lookup;

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function toSimulator(this: net.Socket, ...given: unknown[]) {
  const [target] = given.flat() as [{ host?: unknown; port?: unknown }];
  if (isOfAws(target.host)) target.port = Number(BENCH_PORT);
  return Reflect.apply(connect, this, given);
} as typeof connect;
syncBuiltinESMExports();

process.on('exit', () => writeFileSync(BENCH_DNS_REPORT, String(questions)));
