import { Dispatcher, errors } from 'undici';
import Queue from 'yocto-queue';
import {
  Connection,
  type ConnectionEvents,
  type ConnectionOptions,
  type Sendable,
  type Waiting,
} from './connection.ts';
import type { IdleConnections } from './idle-connections.ts';

/**
 * The connections to one host. undici's own pool ties a request to the connection that is opened for it, though others
 * become free long before that, and opens one while another is just being freed. Here a request takes whichever is free
 * first. There are never more connections than requests at once; and no more are opened at a time than are open, the
 * first alone: those that follow resume its TLS session, and often are not needed any more.
 */
export class HostConnections extends Dispatcher implements ConnectionEvents {
  readonly #origin: URL;
  readonly #options: ConnectionOptions;
  readonly #idleOfAll: IdleConnections;
  readonly #waiting = new Queue<Waiting>();
  readonly #open = new Set<Connection>();
  /** The one used last comes last, and is used next. */
  readonly #idle: Connection[] = [];
  #opening = 0;
  #willLook = false;
  #isDestroyed = false;

  constructor(origin: string | URL, options: ConnectionOptions, idleOfAll: IdleConnections) {
    super();
    this.#origin = new URL(origin);
    this.#options = options;
    this.#idleOfAll = idleOfAll;
  }

  override dispatch(options: Sendable, handler: Dispatcher.DispatchHandler): boolean {
    const idle = this.#idle.pop();
    if (idle === undefined) {
      this.#waiting.enqueue({ options, handler });
      this.#look();
      return true;
    }
    this.#idleOfAll.delete(idle);
    idle.send({ options, handler });
    return true;
  }

  /** What is in flight is answered; what waits for a connection is not sent any more. */
  override async close(): Promise<void> {
    this.#end(new errors.ClientClosedError());
    await Promise.all([...this.#open].map((connection) => connection.close()));
  }

  override async destroy(given?: unknown): Promise<void> {
    const error = given instanceof Error ? given : new errors.ClientDestroyedError();
    this.#end(error);
    await Promise.all([...this.#open].map((connection) => connection.destroy(error)));
  }

  onFree(connection: Connection): void {
    const next = connection.isOpen ? this.#next() : undefined;
    if (next !== undefined) {
      connection.send(next);
    } else if (connection.isOpen) {
      connection.rest();
      this.#idle.push(connection);
      this.#idleOfAll.add(connection);
    } else {
      this.onClosed(connection);
    }
  }

  onClosed(connection: Connection): void {
    this.#open.delete(connection);
    const index = this.#idle.indexOf(connection);
    if (index !== -1) this.#idle.splice(index, 1);
    this.#idleOfAll.delete(connection);
    void connection.destroy(null);
    this.#leaveIfUnused();
  }

  /** One turn of the event loop later, when whatever has just been answered has freed its connection. */
  #look(): void {
    if (this.#willLook) return;
    this.#willLook = true;
    setImmediate(() => {
      this.#willLook = false;
      this.#forgetStopped();
      const most = Math.max(1, this.#open.size) - this.#opening;
      for (let left = Math.min(most, this.#waiting.size - this.#opening); left > 0; left -= 1)
        this.#openOne();
      this.#leaveIfUnused();
    });
  }

  #openOne(): void {
    this.#opening += 1;
    const { hostname, host, protocol, port } = this.#origin;
    // An address of IPv6 stands in brackets.
    const target = { hostname: hostname.replace(/^\[|\]$/g, ''), host, protocol, port };
    this.#options.connect(target, (error, socket) => {
      this.#opening -= 1;
      if (error !== null) this.#fail(error);
      else if (this.#isDestroyed) socket.destroy();
      else {
        const connection = new Connection(this.#origin.origin, socket, this.#options, this);
        this.#open.add(connection);
        this.onFree(connection);
      }
      this.#look();
    });
  }

  /** A connection could not be opened: whoever waits longest is told, and all when nothing else may serve them. */
  #fail(error: Error): void {
    const others = this.#opening + this.#open.size;
    const told = others > 0 ? 1 : this.#waiting.size;
    for (let left = told; left > 0; left -= 1) refuse(this.#next(), error);
  }

  #next(): Waiting | undefined {
    this.#forgetStopped();
    return this.#waiting.dequeue();
  }

  #forgetStopped(): void {
    while (this.#waiting.peek()?.options.signal?.aborted === true) this.#waiting.dequeue();
  }

  #end(error: Error): void {
    this.#isDestroyed = true;
    for (const each of this.#waiting.drain()) refuse(each, error);
  }

  /** So that undici's agent forgets the host. */
  #leaveIfUnused(): void {
    if (this.#isDestroyed || this.#open.size + this.#opening + this.#waiting.size > 0) return;
    this.emit('disconnect', this.#origin, [this], new errors.InformationalError('unused'));
  }
}

function refuse(waiting: Waiting | undefined, error: Error): void {
  // There is no controller of a request that was not sent.
  const noController = null as unknown as Dispatcher.DispatchController;
  waiting?.handler.onResponseError?.(noController, error);
  waiting?.handler.onError?.(error);
}
