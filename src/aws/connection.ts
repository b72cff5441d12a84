import type { Socket } from 'node:net';
import { type buildConnector, Client, type Dispatcher } from 'undici';

/** What connections are made with: undici's client, and how a socket is opened. */
export interface ConnectionOptions extends Client.Options {
  readonly connect: buildConnector.connector;
  /** Milliseconds for which it stays open while nobody uses it. */
  readonly keepAliveTimeout: number;
}

/** Who is told of a connection. */
export interface ConnectionEvents {
  /** It may be used for the next request. */
  onFree(connection: Connection): void;
  /** It has closed, or is to be: nobody uses it. */
  onClosed(connection: Connection): void;
}

/** A request that can be stopped while it waits for a connection: whoever stopped it expects no answer. */
export interface Sendable extends Dispatcher.DispatchOptions {
  readonly signal?: AbortSignal | null;
  /** Set by the connection; to be called when the answer has come whole. */
  onAnswered?: () => void;
}

/** A request that waits for a connection. */
export interface Waiting {
  readonly options: Sendable;
  readonly handler: Dispatcher.DispatchHandler;
}

/** One connection to a host: a socket that is open, and from the first request on undici's HTTP over it. */
export class Connection {
  readonly #client: Client;
  readonly #events: ConnectionEvents;
  /** Until the first request. */
  #unused: Socket | null;
  #isOpen = true;
  #isIdle = false;

  constructor(origin: string, socket: Socket, options: ConnectionOptions, events: ConnectionEvents) {
    this.#unused = socket;
    this.#events = events;
    const take: buildConnector.connector = (target, callback) => {
      const unused = this.#unused;
      this.#unused = null;
      // A connection that AWS closed just when a request came for it is opened again for that request.
      if (unused === null || unused.destroyed) return options.connect(target, callback);
      unused.off('close', this.#onClose).setTimeout(0).ref();
      queueMicrotask(() => callback(null, unused));
    };
    this.#client = new Client(origin, { ...options, connect: take });
    this.#client.on('connect', () => {
      this.#isOpen = true;
    });
    this.#client.on('drain', this.#onFree);
    this.#client.on('disconnect', this.#onClose);
    socket.once('close', this.#onClose).setTimeout(options.keepAliveTimeout, () => socket.destroy());
  }

  /** False: it has closed, and whoever sends over it opens it again. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Nobody uses it: it is closed when its time is over, or the other side wants, and keeps no process alive. */
  rest(): void {
    this.#isIdle = true;
    // Reads what comes meanwhile: whether it closes, the TLS session, and what some hosts say before they close.
    this.#unused
      ?.unref()
      .on('error', () => {})
      .resume();
  }

  send({ options, handler }: Waiting): void {
    this.#isIdle = false;
    options.onAnswered = this.#onAnswered;
    const isTaken = this.#client.dispatch(options, handler) || this.#client.stats.size > 0;
    // undici refuses what is no request, such as a header with a line break, and tells the handler.
    if (!isTaken) this.#events.onFree(this);
  }

  /** It is not needed: to be called while it rests. */
  drop(): void {
    this.#events.onClosed(this);
  }

  /** What is in flight is answered first. */
  close(): Promise<void> {
    this.#unused?.destroy();
    return this.#client.close();
  }

  /** @param error what becomes of the request in flight */
  destroy(error: Error | null): Promise<void> {
    this.#unused?.destroy();
    return this.#client.destroy(error);
  }

  readonly #onFree = () => {
    if (!this.#isIdle) this.#events.onFree(this);
  };

  /**
   * undici says that it is free a turn of the event loop later, and waits for another one before it sends what it is
   * given then, to see what else the host says. What it is given now waits once.
   */
  readonly #onAnswered = () =>
    queueMicrotask(() => {
      if (this.#client.stats.connected) this.#onFree();
    });

  readonly #onClose = () => {
    this.#isOpen = false;
    if (this.#isIdle) this.#events.onClosed(this);
  };
}
