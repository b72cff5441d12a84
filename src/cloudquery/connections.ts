import http2 from 'node:http2';
import type { Socket } from 'node:net';
import { Server, type UntypedHandleCall } from '@grpc/grpc-js';
import { endWhenSilent } from './silent-clients.ts';

/**
 * The connection whose call is being answered, while its method runs: the SDK asks the source before it waits for
 * anything. AsyncLocalStorage would remember it longer, but on Node 20 it makes every promise of a sync dearer.
 */
let current: string | null = null;

/** On a socket file gRPC does not tell connections apart; there one CLI has the plugin for itself. */
const unnamed = 'unknown';

/** Told of each connection that ends. */
const listeners = new Set<(connection: string) => void>();

/**
 * What each client has said, by its connection: two that share a plugin must not get each other's rows. It is
 * forgotten with the connection, whose name another one may get.
 */
export class PerConnection<T> {
  readonly #values = new Map<string, T>();

  constructor() {
    listeners.add((connection) => this.#values.delete(connection));
  }

  /** For the client whose call is being answered; only before its method waits for anything. */
  set(value: T): void {
    this.#values.set(current ?? unnamed, value);
  }

  /** Of the client whose call is being answered, before its method waits; undefined: it has said nothing. */
  get(): T | undefined {
    return this.#values.get(current ?? unnamed);
  }
}

/** Makes servers remember whom they answer: the SDK passes on what a client says at Init, and not who it is. */
export function tellConnectionsApart(): void {
  const { addService } = Server.prototype;
  Server.prototype.addService = function (service, implementation) {
    const told =
      (method: UntypedHandleCall): UntypedHandleCall =>
      (...call: Parameters<UntypedHandleCall>) =>
        during(call[0].getPeer(), () => Reflect.apply(method, implementation, call));
    // By the service's names: the SDK's methods stand in a prototype.
    const methods = Object.keys(service).flatMap((name) => {
      const method = implementation[name];
      return method ? [[name, told(method)]] : [];
    });
    addService.call(this, service, Object.fromEntries(methods));
  };
  http2.createServer = new Proxy(http2.createServer, {
    apply(createServer, self, given) {
      const server: http2.Http2Server = Reflect.apply(createServer, self, given);
      return server.on('session', (session) => {
        endWhenSilent(session);
        const { socket } = session;
        const connection = nameOf(socket);
        if (connection === unnamed) return;
        socket.once('close', () => {
          for (const ended of listeners) ended(connection);
        });
      });
    },
  });
}

function during<T>(connection: string, answer: () => T): T {
  const outer = current;
  current = connection;
  try {
    return answer();
  } finally {
    current = outer;
  }
}

/** As a call's `getPeer` names it. */
function nameOf({ remoteAddress, remotePort }: Pick<Socket, 'remoteAddress' | 'remotePort'>): string {
  return remoteAddress === undefined ? unnamed : `${remoteAddress}:${remotePort}`;
}
