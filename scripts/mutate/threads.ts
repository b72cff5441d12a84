import { Worker } from 'node:worker_threads';
import { environment } from '../../lab/unit-tier/environment.ts';
import type { Order, Outcome } from './order.ts';

/** Milliseconds between two looks at a thread. */
const interval = 1_000;
/**
 * So many looks in a row at a thread that did nothing: what it waits for never comes, however busy the machine is, as no
 * test waits for a time.
 */
const idleLooks = 15;
/** Milliseconds of work in an interval that are none: the timers of sockets that wait. */
const nothing = 5;
/** What runs leave behind stays in the thread: after so many of them it is replaced. */
const runsOfAThread = 40;

const nothingRan = { hits: new Map(), loading: new Set<string>(), reading: new Map(), tests: new Map() };

/** A thread that runs the bundled tests; one that a mutant keeps from ending, or ends, is replaced. */
export class TestThread {
  #worker: Worker;
  #runs = 0;
  readonly #bundle: string;

  constructor(bundle: string) {
    this.#bundle = bundle;
    this.#worker = this.#start();
  }

  #start(): Worker {
    this.#runs = 0;
    const worker = new Worker(new URL('mutate-worker.js', import.meta.url), {
      workerData: this.#bundle,
      env: { ...process.env, ...environment },
      resourceLimits: { stackSizeMb: 1.15 }, // leaves as much as the main thread has: tests reach its end
      stdout: true,
      stderr: true,
    });
    worker.stderr.resume();
    worker.stdout.resume();
    return worker;
  }

  async #replace(): Promise<void> {
    this.#worker.removeAllListeners().on('error', () => {});
    await this.#worker.terminate();
    this.#worker = this.#start();
  }

  /**
   * Tests that do not end have failed, in no test file.
   *
   * @param milliseconds how long a thread that works may take
   */
  async run(order: Order, milliseconds: number): Promise<Outcome> {
    if (this.#runs >= runsOfAThread) await this.#replace();
    this.#runs += 1;
    const worker = this.#worker;
    let watch: NodeJS.Timeout | undefined;
    try {
      const outcome = await new Promise<Outcome | string>((resolve) => {
        const started = performance.now();
        let before = worker.performance.eventLoopUtilization();
        let idle = 0;
        watch = setInterval(() => {
          const now = worker.performance.eventLoopUtilization();
          idle = now.active - before.active < nothing ? idle + 1 : 0;
          before = now;
          if (idle >= idleLooks) resolve('The tests wait for what never comes.');
          if (performance.now() - started > milliseconds) resolve('The tests do not end.');
        }, interval);
        worker.once('message', resolve);
        worker.once('error', (error) => resolve(`The thread ended by ${error}.`));
        worker.once('exit', () => resolve('The thread ended.'));
        worker.postMessage(order);
      });
      if (typeof outcome !== 'string') return outcome;
      await this.#replace();
      return { ...nothingRan, failed: { file: null, what: outcome } };
    } finally {
      clearInterval(watch);
      worker.removeAllListeners('message').removeAllListeners('error').removeAllListeners('exit');
    }
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
