import type { ModuleGraph } from './module-graph.ts';

/** What a part of the source is for, wherever its files lie. */
export interface Role {
  readonly name: string;
  /** Whether a module of src/ has this role, by the names of its folders and its own name. */
  readonly includes: (names: readonly string[]) => boolean;
  /** What modules of this role and their tests may import beside our own modules. */
  readonly packages: ReadonlySet<string>;
}

/** Node's modules that compute and neither read nor write. */
const pure = ['node:crypto', 'node:util'];

export const roles: readonly Role[] = [
  {
    name: 'rules',
    includes: (names) =>
      names.some((name) => name === 'posture' || name === 'rules' || name.endsWith('grammar')),
    packages: new Set(pure),
  },
];

/** What tests of pure modules import beside: some cases are files, some are made by chance. */
const testPackages = ['vitest', 'fast-check', 'node:fs', 'node:path', 'node:url'];

/** Tests that take minutes, for each mutant: thousands of random policies, of which a tenth would not be the mix. */
const tooLong = (file: string): boolean => file.split('/').includes('oracle');

export interface RoleFiles {
  readonly sources: readonly string[];
  readonly tests: readonly string[];
}

/**
 * The modules of a role and the tests that hold nothing else: those that reach a module of the role and need nothing that
 * its modules may not import.
 * @throws when a module of the role imports what the role may not, since then it is no longer one.
 */
export function filesOf(role: Role, graph: ModuleGraph): RoleFiles {
  const sources = graph.files.filter(
    (file) => file.startsWith('src/') && role.includes(file.replace(/\.ts$/, '').split('/').slice(1)),
  );
  if (sources.length === 0)
    throw new Error(`No module of src has the role ${role.name}: see scripts/mutate/roles.ts.`);
  for (const source of sources) {
    const foreign = graph.packagesFrom(source).filter((name) => !role.packages.has(name));
    if (foreign.length > 0)
      throw new Error(`${source} has the role ${role.name} but reaches ${foreign.join(', ')}.`);
  }
  const allowed = new Set([...role.packages, ...testPackages]);
  const ofRole = new Set(sources);
  const tests = graph.files.filter(
    (file) =>
      file.endsWith('.test.ts') &&
      !tooLong(file) &&
      graph.filesFrom(file).some((module) => ofRole.has(module)) &&
      graph.packagesFrom(file).every((name) => allowed.has(name)),
  );
  return { sources, tests };
}
