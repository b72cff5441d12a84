import type { Reporter, TestModule } from 'vitest/node';

/** Ends a run with `N passed, N failed` alone on a line, for whoever reads nothing but that. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const states = modules.flatMap((module) =>
      [...module.children.allTests()].map((test) => test.result().state),
    );
    const count = (state: string) => states.filter((each) => each === state).length;
    // A file that does not load has no tests to fail, and an error outside of any test fails the run all the same.
    const broken = modules.filter((module) => module.errors().length > 0).length + unhandledErrors.length;
    process.stdout.write(`${count('passed')} passed, ${count('failed') + broken} failed\n`);
  }
}
