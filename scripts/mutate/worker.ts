import { Script } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { type File, startTests, type Task, type Test, type VitestRunner } from '@vitest/runner';
import type { Order, Outcome, TestRun } from './order.ts';
import { switches } from './switches.ts';
import { requireForTests } from './test-api.ts';

/** The thread that runs the bundled tests, once for each order: the only place where mutants are let loose. */

interface Bundle {
  loadSources(): Promise<unknown>;
  readonly tests: Readonly<Record<string, () => Promise<unknown>>>;
}

const parameters = ['require', 'exports', 'module', switches.isActive, switches.cover];
const load = new Script(`(function (${parameters}) {${workerData}\n})`, { filename: 'tests.cjs' });

parentPort?.on('message', async (order: Order) => parentPort?.postMessage(await run(order)));

async function run({ mutant, files, hitLimit }: Order): Promise<Outcome> {
  let reached = new Set<string>();
  /** The mutants reached since the last call. */
  const reachedSince = (): ReadonlySet<string> => {
    const found = reached;
    reached = new Set();
    return found;
  };
  const hits = new Map<string, number>();
  const cover = (...ids: string[]) => {
    for (const id of ids) {
      reached.add(id);
      hits.set(id, (hits.get(id) ?? 0) + 1);
    }
    return true;
  };
  let hitsOfMutant = 0;
  const isActive = (id: string) => {
    if (id !== mutant) return false;
    hitsOfMutant += 1;
    if (hitsOfMutant > hitLimit) throw new Error('The mutant keeps the tests from ending.');
    return true;
  };

  let failed: string | null = null;
  const bundle = {} as Bundle;
  try {
    load.runInThisContext()(
      requireForTests,
      bundle,
      { exports: bundle },
      isActive,
      mutant === null ? cover : () => true,
    );
    await bundle.loadSources();
  } catch (error) {
    return {
      failed: `loading: ${error}`,
      hits,
      loading: reachedSince(),
      reading: new Map(),
      tests: new Map(),
    };
  }
  const loading = reachedSince();
  const reading = new Map<string, ReadonlySet<string>>();
  const tests = new Map<string, TestRun>();

  const runner: VitestRunner = {
    config,
    importFile: async (path) => void (await bundle.tests[path]?.()),
    onCollected(collected: File[]) {
      for (const file of collected) {
        reading.set(file.filepath, reachedSince());
        if (file.result?.state === 'fail') failed ??= `reading ${file.filepath}`;
        const chosen = files.get(file.filepath) ?? null;
        for (const test of testsIn(file)) if (chosen !== null && !chosen.has(test.id)) test.mode = 'skip';
      }
    },
    onBeforeRunTask(test) {
      if (failed !== null) test.mode = 'skip';
      reachedSince();
    },
    onAfterRunTask(test) {
      if (test.result?.state === 'fail') failed ??= test.fullTestName;
      const milliseconds = test.result?.duration ?? 0;
      tests.set(test.id, {
        file: test.file.filepath,
        name: test.fullTestName,
        milliseconds,
        reached: reachedSince(),
      });
    },
  };
  for (const path of files.keys()) {
    if (failed === null) await startTests([path], runner);
  }
  return { failed, hits, loading, reading, tests };
}

const config: VitestRunner['config'] = {
  root: process.cwd(),
  setupFiles: [],
  name: 'mutants',
  passWithNoTests: false,
  testNamePattern: undefined,
  allowOnly: false,
  sequence: { seed: 0, hooks: 'stack', setupFiles: 'list' },
  chaiConfig: undefined,
  maxConcurrency: 1,
  testTimeout: 60_000,
  hookTimeout: 60_000,
  retry: 0,
  includeTaskLocation: false,
  tags: [],
  tagsFilter: undefined,
  strictTags: false,
};

function testsIn(task: Task): Test[] {
  return task.type === 'test' ? [task] : task.tasks.flatMap(testsIn);
}
