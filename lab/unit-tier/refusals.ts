import childProcess from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

/* As soon as this is imported, the thread starts no process, and its sockets do not leave this machine. */

/** What the tests have done since the last of them ended that their tier does not allow. */
export const offences: string[] = [];

function refuse(what: string): never {
  const sentence = `The unit tier ${what}: name the file *.integration.test.ts, or do without (CONTRIBUTING.md).`;
  offences.push(sentence);
  throw new Error(sentence);
}

const starters = ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'] as const;
for (const name of starters)
  Object.assign(childProcess, {
    [name]: (program: unknown) => refuse(`starts no process, and this test wants ${program}`),
  });
syncBuiltinESMExports();

type Arguments = readonly unknown[];

/** Where a call of `connect` or `listen` goes to, by whichever of its forms; null for a socket file. */
function hostOf([first, second]: Arguments): string | undefined | null {
  // What Node's own modules hand to each other: the arguments as a list.
  if (Array.isArray(first)) return hostOf(first);
  if (typeof first === 'object' && first !== null) {
    const { path, host } = first as { readonly path?: string | null; readonly host?: string };
    return typeof path === 'string' ? null : host;
  }
  if (typeof first === 'string' && Number.isNaN(Number(first))) return null;
  return typeof second === 'string' ? second : undefined;
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\./.test(host);

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (this: net.Socket, ...args: Arguments) {
  const host = hostOf(args) ?? 'localhost';
  if (!isLoopback(host)) refuse(`connects to loopback only, and this test wants ${host}`);
  return Reflect.apply(connect, this, args);
};

const { listen } = net.Server.prototype;
net.Server.prototype.listen = function (this: net.Server, ...args: Arguments) {
  const host = hostOf(args);
  if (host !== null && !isLoopback(host ?? '::'))
    refuse(`listens on loopback only, and this test wants ${host ?? 'every address'}`);
  return Reflect.apply(listen, this, args);
};
