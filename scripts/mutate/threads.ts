import { Worker } from 'node:worker_threads';
import type { Order, Outcome } from './order.ts';

/** A thread that runs the bundled tests; one that a mutant keeps from ending is replaced. */
export class TestThread {
  #worker: Worker;
  readonly #bundle: string;

  constructor(bundle: string) {
    this.#bundle = bundle;
    this.#worker = this.#start();
  }

  #start(): Worker {
    return new Worker(new URL('mutate-worker.js', import.meta.url), {
      workerData: this.#bundle,
      stdout: true,
    });
  }

  /** @returns null when the tests did not end in time. */
  async run(order: Order, milliseconds: number): Promise<Outcome | null> {
    const worker = this.#worker;
    let timer: NodeJS.Timeout | undefined;
    try {
      const outcome = await new Promise<Outcome | null>((resolve, reject) => {
        timer = setTimeout(resolve, milliseconds, null);
        worker.once('message', resolve).once('error', reject);
        worker.postMessage(order);
      });
      if (outcome === null) {
        await worker.terminate();
        this.#worker = this.#start();
      }
      return outcome;
    } finally {
      clearTimeout(timer);
      worker.removeAllListeners('message').removeAllListeners('error');
    }
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
