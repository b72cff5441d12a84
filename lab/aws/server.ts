import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CredentialStore } from './credentials.ts';
import { dispatch, type Outcome, type Rules } from './dispatch.ts';
import { breakAnswer, cutInTheMiddle } from './effects.ts';
import { Faults } from './faults.ts';
import type { SimOrganization } from './model.ts';
import type { HttpRequest } from './protocol/wire.ts';
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
  /** Role sessions live so many seconds, whatever is asked: shorter than AWS's 900 if a test wants. */
  readonly sessionSeconds?: number;
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
  const server = createServer({ keepAlive: true, keepAliveTimeout: 60_000 }, (request, response) => {
    receive(request, (body) => {
      rules.log.inFlight++;
      rules.log.peakInFlight = Math.max(rules.log.peakInFlight, rules.log.inFlight);
      response.once('close', () => rules.log.inFlight--);
      const outcome = dispatch(rules, httpRequest(request, body), nextRequestId());
      if (outcome.effects.some(({ kind }) => kind === 'time_out')) {
        return rules.faults.hold(() => response.socket?.resetAndDestroy());
      }
      const delay = simulator.latencyMs + extraDelay(outcome);
      if (delay === 0) return send(response, outcome, world.now, options.now !== undefined);
      const timer = setTimeout(() => {
        pending.delete(timer);
        send(response, outcome, world.now, options.now !== undefined);
      }, delay);
      pending.add(timer);
    });
  });
  await listen(server, options.port ?? 0);
  const simulator: Simulator = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    organization,
    requests: rules.log,
    faults: rules.faults,
    quotas: rules.quotas,
    credentials,
    createdKeys,
    latencyMs: options.latencyMs ?? 0,
    close() {
      for (const timer of pending) clearTimeout(timer);
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
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

function receive(request: IncomingMessage, done: (body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => done(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
}

function httpRequest(request: IncomingMessage, body: Buffer): HttpRequest {
  const target = request.url ?? '/';
  const mark = target.indexOf('?');
  return {
    method: request.method ?? 'GET',
    path: mark === -1 ? target : target.slice(0, mark),
    query: mark === -1 ? '' : target.slice(mark + 1),
    headers: request.headers,
    body,
  };
}

function extraDelay({ effects }: Outcome): number {
  let delay = 0;
  for (const effect of effects) if (effect.kind === 'slow') delay += effect.ms;
  return delay;
}

function send(response: ServerResponse, outcome: Outcome, now: () => number, ownClock: boolean): void {
  let { answer } = outcome;
  let skew = 0;
  for (const effect of outcome.effects) {
    if (effect.kind === 'cut') {
      if (effect.when === 'before') response.socket?.resetAndDestroy();
      else cutInTheMiddle(response, answer);
      return;
    }
    if (effect.kind === 'clock_skew') skew += effect.ms;
    answer = breakAnswer(answer, effect);
  }
  const headers: Record<string, string | number> = {
    ...answer.headers,
    'Content-Length': Buffer.byteLength(answer.body),
  };
  if (ownClock || skew !== 0) headers.Date = new Date(now() + skew).toUTCString();
  response.writeHead(answer.status, headers);
  response.end(response.req.method === 'HEAD' ? undefined : answer.body);
}

let requestCount = 0;

function nextRequestId(): string {
  return `5f1e0c0d-0000-4000-8000-${(++requestCount).toString(16).padStart(12, '0')}`;
}
