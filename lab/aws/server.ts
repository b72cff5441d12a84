import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { CredentialStore } from './credentials.ts';
import { dispatch, type Outcome, type Rules } from './dispatch.ts';
import { breakAnswer } from './effects.ts';
import { Faults } from './faults.ts';
import { type Exchange, serveConnection } from './http/connection.ts';
import { type HostFacts, Hosts } from './http/hosts.ts';
import type { SimOrganization } from './model.ts';
import { type Quota, Quotas } from './quotas.ts';
import { RequestLog } from './request-log.ts';
import type { World } from './service.ts';

export interface SimulatorOptions {
  /** Default 0: any free port. Always on 127.0.0.1. */
  readonly port?: number;
  /** Added to every answer. Default 0. */
  readonly latencyMs?: number;
  /** Enforce AWS's published quotas. Default false. */
  readonly quotas?: boolean;
  /** In place of AWS's published quotas, by `kms:DescribeKey`. */
  readonly quotaTable?: Readonly<Record<string, Quota>>;
  /** Check every signature and its time. Default false: a wrong one passes. */
  readonly verifySignatures?: boolean;
  /** Keep every request whole in `requests.kept`. Default false. */
  readonly keepRequests?: boolean;
  /** Default true. False: every key's policy admits everybody of its own account. */
  readonly enforceKeyPolicies?: boolean;
  /** SCPs and RCPs bind every call that is made here. Default false: they can be read, and bind nobody. */
  readonly enforceOrganizationPolicies?: boolean;
  /** Role sessions live so many seconds, whatever is asked: shorter than AWS's 900 if a test wants. */
  readonly sessionSeconds?: number;
  /** Speaks TLS with this key and certificate (PEM), whatever host a client names. Default: no TLS. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** AWS's clock, in milliseconds since 1970. Default: this machine's. */
  readonly now?: () => number;
}

/** A running simulated AWS. */
export interface Simulator {
  /** The one endpoint of every service, for `custom_endpoint_url`. S3 by path style. */
  readonly url: string;
  /** The data that is served; change it, and the next request sees the change. */
  readonly organization: SimOrganization;
  readonly requests: RequestLog;
  readonly hosts: Hosts;
  readonly faults: Faults;
  readonly quotas: Quotas;
  readonly credentials: CredentialStore;
  /** ARNs of AWS managed keys that a DescribeKey of a predefined alias created. */
  readonly createdKeys: readonly string[];
  latencyMs: number;
  /** Ends every connection, answered or not. */
  close(): Promise<void>;
}

/** Serves the organization on 127.0.0.1. */
export async function startSimulator(
  organization: SimOrganization,
  options: SimulatorOptions = {},
): Promise<Simulator> {
  const credentials = new CredentialStore(organization);
  const createdKeys: string[] = [];
  const world: World = {
    organization,
    credentials,
    now: options.now ?? Date.now,
    enforceKeyPolicies: options.enforceKeyPolicies ?? true,
    enforceOrganizationPolicies: options.enforceOrganizationPolicies ?? false,
    sessionSeconds: options.sessionSeconds,
    createdKeys,
  };
  const rules: Rules = {
    world,
    faults: new Faults(),
    quotas: new Quotas({
      enabled: options.quotas ?? false,
      now: () => performance.now(),
      ...(options.quotaTable === undefined ? {} : { quotas: options.quotaTable }),
    }),
    log: new RequestLog(),
    verifySignatures: options.verifySignatures ?? false,
    keepRequests: options.keepRequests ?? false,
  };
  const pending = new Set<NodeJS.Timeout>();
  const connections = new Set<Socket>();
  const receive = (exchange: Exchange) => {
    rules.log.inFlight++;
    rules.log.peakInFlight = Math.max(rules.log.peakInFlight, rules.log.inFlight);
    const outcome = dispatch(rules, exchange.request, nextRequestId());
    if (outcome.effects.some(({ kind }) => kind === 'time_out')) {
      return rules.faults.hold(() => exchange.reset());
    }
    const delay = simulator.latencyMs + extraDelay(outcome);
    if (delay === 0) return send(exchange, outcome, world.now);
    const timer = setTimeout(() => {
      pending.delete(timer);
      send(exchange, outcome, world.now);
    }, delay);
    pending.add(timer);
  };
  const serve = (socket: Socket, host: HostFacts | null) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
    serveConnection(socket, {
      receive(exchange) {
        if (host !== null) host.peakInFlight = Math.max(host.peakInFlight, ++host.inFlight);
        receive(exchange);
      },
      ended() {
        rules.log.inFlight--;
        if (host !== null) host.inFlight--;
      },
      extraHead: host === null ? keptAlive : '',
    });
  };
  const hosts = new Hosts();
  const server =
    options.tls === undefined
      ? createServer({ noDelay: true }, (socket) => serve(socket, null))
      : createTlsServer(options.tls, (socket) => {
          socket.setNoDelay(true);
          serve(socket, hosts.opened(nameOf(socket), socket.isSessionReused()));
        });
  await listen(server, options.port ?? 0);
  const simulator: Simulator = {
    url: `${options.tls === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    organization,
    requests: rules.log,
    hosts,
    faults: rules.faults,
    quotas: rules.quotas,
    credentials,
    createdKeys,
    latencyMs: options.latencyMs ?? 0,
    close() {
      for (const timer of pending) clearTimeout(timer);
      return new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of connections) socket.destroy();
      });
    },
  };
  return simulator;
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function extraDelay({ effects }: Outcome): number {
  let delay = 0;
  for (const effect of effects) if (effect.kind === 'slow') delay += effect.ms;
  return delay;
}

function send(exchange: Exchange, outcome: Outcome, now: () => number): void {
  let { answer } = outcome;
  let skew = 0;
  for (const effect of outcome.effects) {
    if (effect.kind === 'cut') {
      if (effect.when === 'before') exchange.reset();
      else exchange.sendHalf(answer, now());
      return;
    }
    if (effect.kind === 'clock_skew') skew += effect.ms;
    answer = breakAnswer(answer, effect);
  }
  exchange.send(answer, now() + skew);
}

/** The host that a client named in its handshake. */
const nameOf = ({ servername }: TLSSocket): string => servername || 'no name';

/** Without TLS, connections are kept for long. AWS says nothing of it, and clients go by what they themselves think. */
const keptAlive = 'Connection: keep-alive\r\nKeep-Alive: timeout=60\r\n';

let requestCount = 0;

function nextRequestId(): string {
  return `5f1e0c0d-0000-4000-8000-${(++requestCount).toString(16).padStart(12, '0')}`;
}
