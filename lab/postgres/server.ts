import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Postgres } from './database.ts';
import { copyPostgres, nativeFolder, type Owner, writeSecret } from './files.ts';
import { freePort } from './free-port.ts';
import { reachableFolder } from './reachable-folder.ts';

/** The user "nobody" by number, since names differ: PostgreSQL refuses to run as root. */
const NOBODY: Owner = { uid: 65_534, gid: 65_534 };

/**
 * Owns the folder and the server. It waits for the folder's files, and ends both as soon as its standard input ends:
 * when we close it or when we die, by SIGKILL too. Where that said `keep` before, it ends both at a SIGTERM. Its standard
 * error ends when the server does.
 */
const KEEPER = `
trap '' INT TERM HUP
cd "$1" || exit 1
if read -r port; then
  if native/bin/initdb -D data -U postgres -A scram-sha-256 --pwfile=password --no-sync \
    --encoding=UTF8 --locale-provider=builtin --builtin-locale=C.UTF-8 >initdb.log 2>&1
  then
    native/bin/postgres -D data -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
      -c fsync=off -c synchronous_commit=off -c full_page_writes=off &
    server=$!
    exec 2>/dev/null
    if read -r end && [ "$end" = keep ]; then
      trap 'kill -QUIT "$server"' TERM
      wait "$server"
    else
      kill -QUIT "$server"
    fi
    wait "$server"
  else
    cat initdb.log >&2
  fi
fi
cd /
rm -rf "$1"
`;

type Keeper = ChildProcessByStdio<Writable, null, Readable>;

/** What a failed start is tried again with another port for. */
const PORT_TAKEN = /Address already in use|could not create any TCP\/IP sockets/;

/** Starts our own PostgreSQL server on a free port of loopback. */
export async function launchServer(
  files: () => Promise<string> = async () => nativeFolder(),
): Promise<Postgres> {
  const native = await files();
  const owner = process.getuid?.() === 0 ? NOBODY : undefined;
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const folder = await reachableFolder(owner);
    const keeper = startKeeper(folder, owner);
    const stop = () => endKeeper(keeper);
    try {
      const password = randomBytes(16).toString('hex');
      await copyPostgres(native, join(folder, 'native'), owner);
      await writeSecret(join(folder, 'password'), password, owner);
      keeper.stdin.write(`${port}\n`);
      await ready(keeper);
      const connectionString = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
      return { connectionString, stop, keep: () => keepRunning(keeper) };
    } catch (error) {
      await stop();
      if (attempt === 5 || !PORT_TAKEN.test(String(error))) throw error;
    }
  }
}

function startKeeper(folder: string, owner: Owner | undefined): Keeper {
  const keeper = spawn('/bin/sh', ['-c', KEEPER, 'sh', folder], {
    // A session of its own: Ctrl-C and a kill of our process group must not take the keeper before its work is done.
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
    cwd: '/',
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    ...owner,
  });
  keeper.stdin.on('error', () => {}); // the keeper is gone: `ready` says why
  return keeper;
}

/** Resolves when the server takes connections; rejects with the server's words when it ended instead. */
async function ready(keeper: Keeper): Promise<void> {
  const output: string[] = [];
  const lines = createInterface({ input: keeper.stderr });
  for await (const line of lines) {
    output.push(line);
    if (line.includes('database system is ready to accept connections')) {
      letGo(keeper);
      return;
    }
  }
  throw new Error(
    `PostgreSQL did not start: ${output.slice(-5).join(' / ') || 'its files could not be run'}.`,
  );
}

/** Keeps draining the server's log, and lets this process end without `stop`. */
function letGo(keeper: Keeper): void {
  keeper.stderr.resume();
  keeper.unref();
  for (const stream of [keeper.stdin, keeper.stderr]) (stream as Partial<{ unref(): void }>).unref?.();
}

async function endKeeper(keeper: Keeper): Promise<void> {
  if (keeper.exitCode !== null || keeper.signalCode !== null) return;
  keeper.ref();
  const exit = once(keeper, 'exit');
  keeper.stdin.end();
  await exit;
}

function keepRunning(keeper: Keeper): Promise<string> {
  return new Promise((resolve, reject) => {
    keeper.stdin.end('keep\n', (error?: Error | null) =>
      error ? reject(error) : resolve(`kill ${keeper.pid}`),
    );
  });
}
