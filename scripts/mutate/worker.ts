import { constants, Script } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { type File, startTests, type Task, type Test, type VitestRunner } from '@vitest/runner';
import '../../lab/unit-tier/refusals.ts';
import { ActiveMutant, EndedRun } from './active-mutant.ts';
import type { Failure, Order, Outcome, TestRun } from './order.ts';
import { switches } from './switches.ts';
import { requireForTests } from './test-api.ts';

/** The thread that runs the bundled tests, once for each order: the only place where mutants are let loose. */

interface Bundle {
  loadSources(): Promise<unknown>;
  readonly tests: Readonly<Record<string, () => Promise<unknown>>>;
}

const parameters = ['require', 'exports', 'module', switches.isActive, switches.cover];
const load = new Script(`(function (${parameters}) {${workerData}\n})`, {
  filename: 'tests.cjs',
  importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
});

/** Hears of what nobody catches. */
let onUncaught = (_: unknown) => {};
for (const event of ['uncaughtException', 'unhandledRejection'] as const)
  process.on(event, (error: unknown) => {
    if (!(error instanceof EndedRun)) onUncaught(error);
  });

parentPort?.on('message', async (order: Order) => parentPort?.postMessage(await run(order)));

async function run({ mutant, files, hitLimit }: Order): Promise<Outcome> {
  const active = new ActiveMutant(mutant, hitLimit);
  let failed: Failure | null = null;
  let testFile: string | null = null;
  const fail = (what: string) => {
    failed ??= { file: testFile, what };
  };
  onUncaught = (error) => fail(`nobody catches ${error}`);

  const reading = new Map<string, ReadonlySet<string>>();
  const tests = new Map<string, TestRun>();
  const outcome = (loading: ReadonlySet<string>): Outcome => {
    active.end();
    return { failed, hits: active.hits, loading, reading, tests };
  };
  const bundle = {} as Bundle;
  try {
    const { isActive, cover } = active;
    load.runInThisContext()(requireForTests, bundle, { exports: bundle }, isActive, cover);
    await bundle.loadSources();
  } catch (error) {
    fail(`loading: ${error}`);
    return outcome(active.reachedSince());
  }
  const loading = active.reachedSince();

  const runner: VitestRunner = {
    config,
    importFile: async (path) => void (await bundle.tests[path]?.()),
    onCollected(collected: File[]) {
      for (const file of collected) {
        reading.set(file.filepath, active.reachedSince());
        if (file.result?.state === 'fail')
          fail(`reading ${file.filepath}: ${file.result.errors?.[0]?.message}`);
        const chosen = files.get(file.filepath) ?? null;
        for (const test of testsIn(file)) if (chosen !== null && !chosen.has(test.id)) test.mode = 'skip';
      }
    },
    onBeforeRunTask(test) {
      if (failed !== null) test.mode = 'skip';
      active.reachedSince();
    },
    onAfterRunTask(test) {
      if (test.result?.state === 'fail') fail(`${test.fullTestName}: ${test.result.errors?.[0]?.message}`);
      const milliseconds = test.result?.duration ?? 0;
      tests.set(test.id, {
        file: test.file.filepath,
        name: test.fullTestName,
        milliseconds,
        reached: active.reachedSince(),
      });
    },
    onAfterRunSuite(suite) {
      if (suite.result?.state === 'fail') fail(`${suite.name}: ${suite.result.errors?.[0]?.message}`);
    },
  };
  for (const path of files.keys()) {
    if (failed !== null) break;
    testFile = path;
    await startTests([path], runner);
  }
  return outcome(loading);
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
  // What hangs is ended from outside (threads.ts).
  testTimeout: 0,
  hookTimeout: 0,
  retry: 0,
  includeTaskLocation: false,
  tags: [],
  tagsFilter: undefined,
  strictTags: false,
};

function testsIn(task: Task): Test[] {
  return task.type === 'test' ? [task] : task.tasks.flatMap(testsIn);
}
