import type { ModuleGraph } from './module-graph.ts';

/** What a part of the source is for, wherever its files lie. */
export interface Role {
  readonly name: string;
  /** Whether a module of src/ has this role, by the names of its folders and its own name. */
  readonly includes: (names: readonly string[]) => boolean;
  /** What modules of this role and their tests may import beside our own modules; null: anything. */
  readonly packages: ReadonlySet<string> | null;
  /** The folders of test/ whose tests are run; null: all that reach the role's modules. */
  readonly testFolders: readonly string[] | null;
  /** So many of its mutants are tried. */
  readonly mutants: number;
}

/** Node's modules that compute and neither read nor write. */
const pure = ['node:crypto', 'node:util'];

export const roles: readonly Role[] = [
  {
    name: 'rules',
    includes: (names) =>
      names.some((name) => name === 'posture' || name === 'rules' || name.endsWith('grammar')),
    packages: new Set(pure),
    testFolders: null,
    mutants: 600,
  },
  {
    name: 'aws',
    includes: ([folder]) => folder === 'aws',
    packages: null,
    // What goes through all of the plugin reaches these modules, too, and takes a minute for each mutant.
    testFolders: ['aws', 'organization'],
    mutants: 200,
  },
  {
    name: 'sync',
    includes: ([folder]) => folder === 'sync',
    packages: null,
    testFolders: null,
    mutants: 200,
  },
];

/** What tests of pure modules import beside: some cases are files, some are made by chance. */
const testPackages = ['vitest', 'fast-check', 'node:fs', 'node:path', 'node:url'];

/** Tests that take minutes, for each mutant: thousands of random policies, of which a tenth would not be the mix. */
const tooLong = (file: string): boolean => file.split('/').includes('oracle');
/** The other tiers start processes and build what they test. */
const isUnitTest = (file: string): boolean => /^[^.]*\.test\.ts$/.test(file.replace(/^.*\//, ''));

export interface RoleFiles {
  readonly sources: readonly string[];
  readonly tests: readonly string[];
}

/**
 * The modules of a role and the tests that hold nothing else: those that reach a module of the role and need nothing that
 * its modules may not import. Of all tests only those of the unit tier.
 * @throws when a module of the role imports what the role may not, since then it is no longer one.
 */
export function filesOf(role: Role, graph: ModuleGraph): RoleFiles {
  const sources = graph.files.filter(
    (file) => file.startsWith('src/') && role.includes(file.replace(/\.ts$/, '').split('/').slice(1)),
  );
  if (sources.length === 0)
    throw new Error(`No module of src has the role ${role.name}: see scripts/mutate/roles.ts.`);
  for (const source of sources) {
    const foreign = graph.packagesFrom(source).filter((name) => role.packages?.has(name) === false);
    if (foreign.length > 0)
      throw new Error(`${source} has the role ${role.name} but reaches ${foreign.join(', ')}.`);
  }
  const allowed = role.packages === null ? null : new Set([...role.packages, ...testPackages]);
  const ofRole = new Set(sources);
  const tests = graph.files.filter(
    (file) =>
      isUnitTest(file) &&
      role.testFolders?.includes(file.split('/')[1] ?? '') !== false &&
      !tooLong(file) &&
      graph.filesFrom(file).some((module) => ofRole.has(module)) &&
      graph.packagesFrom(file).every((name) => allowed?.has(name) !== false),
  );
  return { sources, tests };
}
