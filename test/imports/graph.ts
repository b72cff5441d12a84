import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { type ESTree, parseSync, Visitor } from 'rolldown/utils';
import { checkout } from '../../lab/checkout.ts';

/** What files import: our own by their path from the checkout, packages and modules of Node by name. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** Whether imports of types, which are gone when the program runs, count as well. */
export type Kind = 'types too' | 'values';

/** The imports of all TypeScript files in these folders of the checkout, dynamic ones too. */
export function importGraph(kind: Kind, folders: readonly string[]): ImportGraph {
  const files = folders.flatMap(typescriptFiles);
  return new Map(
    files.map((file) => [file, importsOf(kind, file, readFileSync(join(checkout, file), 'utf8'))] as const),
  );
}

/** What the text of a file imports, each once. */
export function importsOf(kind: Kind, file: string, text: string): readonly string[] {
  const parsed = parseSync(file, text);
  const [error] = parsed.errors;
  if (error) throw new Error(`${file} could not be parsed: ${error.message}.`);
  const counts = ({ isType }: { readonly isType: boolean }): boolean => kind === 'types too' || !isType;
  const { staticImports, staticExports } = parsed.module;
  const found = [
    ...staticImports.flatMap(({ moduleRequest, entries }) =>
      entries.length === 0 || entries.some(counts) ? [moduleRequest.value] : [],
    ),
    ...staticExports.flatMap(({ entries }) =>
      entries.filter(counts).flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
    ),
  ];
  const add = ({ source }: { source: ESTree.Expression }): void => {
    if (source.type === 'Literal') found.push(String(source.value));
  };
  const visitor = new Visitor({
    ImportExpression: add,
    ...(kind === 'types too' && { TSImportType: add }),
  });
  // The program is large, and read only where it can tell more.
  if (text.includes('import(')) visitor.visit(parsed.program);
  return [...new Set(found)].map((name) => (name.startsWith('.') ? besideFile(file, name) : name));
}

/** All that a file reaches, by whatever files lie between, itself included. */
export function reachedFrom(graph: ImportGraph, file: string): ReadonlySet<string> {
  const reached = new Set([file]);
  for (const each of reached) for (const next of graph.get(each) ?? []) reached.add(next);
  return reached;
}

/**
 * Circles of imports: each file imports the next one, and the last one the first. The shortest for each file that is in
 * one, unless it is in that of another file.
 */
export function circles(graph: ImportGraph): string[][] {
  const found: string[][] = [];
  const inCircle = new Set<string>();
  for (const file of graph.keys()) {
    if (inCircle.has(file)) continue;
    const way = shortestWay(graph, file, file);
    if (way === null) continue;
    found.push(way);
    for (const each of way) inCircle.add(each);
  }
  return found;
}

/** The files from `start` to the one that imports `end`. */
function shortestWay(graph: ImportGraph, start: string, end: string): string[] | null {
  const cameFrom = new Map<string, string | null>([[start, null]]);
  for (const file of cameFrom.keys()) {
    for (const next of graph.get(file) ?? []) {
      if (next === end) return wayTo(file, cameFrom);
      if (!cameFrom.has(next)) cameFrom.set(next, file);
    }
  }
  return null;
}

function wayTo(file: string, cameFrom: ReadonlyMap<string, string | null>): string[] {
  const way: string[] = [];
  for (let each: string | null = file; each !== null; each = cameFrom.get(each) ?? null) way.unshift(each);
  return way;
}

function typescriptFiles(folder: string): string[] {
  const names = readdirSync(join(checkout, folder), { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name))
    .sort();
}

const besideFile = (file: string, path: string): string =>
  relative(checkout, resolve(checkout, file, '..', path));
