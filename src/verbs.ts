/** Runs a verb with the arguments after its name; resolves to the exit code. */
export type Verb = (argv: readonly string[]) => Promise<number>;

/** The product's own verbs beside the SDK's; what one needs is loaded when it is called. */
export const verbs = {
  views: async (argv) => (await import('./views/command.ts')).views(argv),
  health: async (argv) => (await import('./health.ts')).health(argv),
  permissions: async (argv) => (await import('./permissions/command.ts')).permissions(argv),
  check: async (argv) => (await import('./checks/command.ts')).check(argv),
  status: async (argv) => (await import('./status/command.ts')).status(argv),
  explain: async (argv) => (await import('./explain/command.ts')).explain(argv),
  uses: async (argv) => (await import('./uses/command.ts')).uses(argv),
  demo: async (argv) => (await import('./demo.ts')).demo(argv),
  report: async (argv) => (await import('./report/command.ts')).report(argv),
} satisfies Readonly<Record<string, Verb>>;

/** The verb of this name; null: it is one of the SDK's, or none. */
export const verbOf = (name: string): Verb | null =>
  Object.hasOwn(verbs, name) ? verbs[name as keyof typeof verbs] : null;
