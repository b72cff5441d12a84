import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { freePort } from './postgres/free-port.ts';
import { pythonPackages } from './python-packages.ts';

/** An emulator of AWS that others wrote, on 127.0.0.1: evidence beside our own simulated AWS. */
export interface Emulator {
  /** The endpoint of every service. */
  readonly url: string;
  /** Credentials of the organization's management account. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly managementAccountId: string;
  close(): Promise<void>;
}

/** @see startMoto */
export interface MotoOptions {
  /** Every account has the policies that AWS manages. Default false: none, as each account's take a second to load. */
  readonly awsManagedPolicies?: boolean;
}

/** moto 5.2.5: an empty world, whose organization has to be created. */
export async function startMoto({ awsManagedPolicies = false }: MotoOptions = {}): Promise<Emulator> {
  const port = await freePort();
  const args = ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)];
  const credentials = { accessKeyId: 'AKIAMOTOMANAGEMENT00', secretAccessKey: 'anything' };
  const env = { MOTO_IAM_LOAD_MANAGED_POLICIES: String(awsManagedPolicies) };
  return start(port, args, env, { credentials, managementAccountId: '123456789012' });
}

/** MiniStack 1.5.33: the organization is there, with its management account. */
export async function startMiniStack(): Promise<Emulator> {
  const port = await freePort();
  const managementAccountId = '111111111111';
  const env = {
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
    MINISTACK_HOST: '127.0.0.1',
    MINISTACK_ACCOUNT_ID: managementAccountId,
    LOG_LEVEL: 'WARNING',
    SFTP_ENABLED: '0',
    IOT_MTLS_ENABLED: '0',
  };
  // An access key of twelve digits is the account.
  const credentials = { accessKeyId: managementAccountId, secretAccessKey: 'anything' };
  return start(port, ['-m', 'ministack'], env, { credentials, managementAccountId });
}

async function start(
  port: number,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  emulator: Pick<Emulator, 'credentials' | 'managementAccountId'>,
): Promise<Emulator> {
  const folder = await installed();
  const server = spawn('python3', [...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: '1', ...env },
    stdio: 'ignore',
  });
  const kill = () => server.kill('SIGKILL');
  process.once('exit', kill);
  await listening(server, port);
  return {
    ...emulator,
    url: `http://127.0.0.1:${port}`,
    async close() {
      process.off('exit', kill);
      if (server.exitCode !== null || server.signalCode !== null) return;
      const exit = once(server, 'exit');
      kill();
      await exit;
    },
  };
}

/** Both emulators in one folder. */
const installed = () => pythonPackages('emulators', 'The emulators moto and MiniStack');

async function listening(server: ChildProcess, port: number): Promise<void> {
  const failed = once(server, 'error').then(([cause]) => {
    throw new Error(`python3 could not be run: ${(cause as Error).message}.`);
  });
  while (!(await Promise.race([isListening(port), failed]))) {
    if (server.exitCode !== null) throw new Error(`${server.spawnargs.join(' ')} ended before it listened.`);
    await setTimeout(20);
  }
  failed.catch(() => {});
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
