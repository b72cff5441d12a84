import { AsyncLocalStorage } from 'node:async_hooks';
import { Server, type UntypedHandleCall } from '@grpc/grpc-js';

/** The connection whose call is being answered. */
const current = new AsyncLocalStorage<string>();

const remembered = 1000;

/**
 * What each client has said, by its connection: two that share a plugin must not get each other's rows. On a socket
 * file gRPC does not tell connections apart; there one CLI has the plugin for itself.
 */
export class PerConnection<T> {
  readonly #values = new Map<string, T>();

  /** For the client whose call is being answered. */
  set(value: T): void {
    const connection = current.getStore() ?? 'unknown';
    this.#values.delete(connection);
    this.#values.set(connection, value);
    const [oldest] = this.#values.keys();
    if (this.#values.size > remembered && oldest !== undefined) this.#values.delete(oldest);
  }

  /** @param connection as a call's `getPeer` names it */
  get(connection: string): T | undefined {
    return this.#values.get(connection);
  }
}

/** Makes servers remember whom they answer: the SDK passes on what a client says at Init, and not who it is. */
export function tellConnectionsApart(): void {
  const { addService } = Server.prototype;
  Server.prototype.addService = function (service, implementation) {
    const told =
      (method: UntypedHandleCall): UntypedHandleCall =>
      (...call: Parameters<UntypedHandleCall>) =>
        current.run(call[0].getPeer(), () => Reflect.apply(method, implementation, call));
    // By the service's names: the SDK's methods stand in a prototype.
    const methods = Object.keys(service).flatMap((name) => {
      const method = implementation[name];
      return method ? [[name, told(method)]] : [];
    });
    addService.call(this, service, Object.fromEntries(methods));
  };
}
