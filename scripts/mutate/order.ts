/** What the thread that runs tests is asked and answers. */
export interface Order {
  /** Null: no mutant, and it is told which mutants each test reaches. */
  readonly mutant: string | null;
  /** Test files, each with the ids of the tests to run; null means all of them. */
  readonly files: ReadonlyMap<string, ReadonlySet<string> | null>;
  /** How often the mutant may be reached: more is a loop that does not end. */
  readonly hitLimit: number;
}

/** What went wrong first. */
export interface Failure {
  /** The test file that ran; null while none did. */
  readonly file: string | null;
  readonly what: string;
}

export interface Outcome {
  /** Null when no test failed. */
  readonly failed: Failure | null;
  /** How often each mutant was reached. */
  readonly hits: ReadonlyMap<string, number>;
  /** The mutants reached while the role's modules are loaded, by id. */
  readonly loading: ReadonlySet<string>;
  /** The mutants reached while a test file is read, before any of its tests. */
  readonly reading: ReadonlyMap<string, ReadonlySet<string>>;
  /** The tests that ran, by id. */
  readonly tests: ReadonlyMap<string, TestRun>;
}

export interface TestRun {
  readonly file: string;
  readonly name: string;
  readonly milliseconds: number;
  readonly reached: ReadonlySet<string>;
}
