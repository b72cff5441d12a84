import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkout } from '../../../lab/checkout.ts';
import { kms } from '../../../src/posture/access/kms.ts';
import { s3 } from '../../../src/posture/access/s3.ts';
import type { ServiceGrammar } from '../../../src/posture/policy/grammar.ts';
import { sorts } from '../../../src/services/catalogue.ts';

/** Every grammar that policies are read by; services that no policy shares have an empty one. */
export const grammars: readonly ServiceGrammar[] = [
  ...new Set([kms, s3, ...sorts.map(({ grammar }) => grammar)]),
].filter(({ actions }) => Object.keys(actions).length > 0);

export interface RuleFile {
  /** From the project's folder. */
  readonly path: string;
  readonly text: string;
}

/** The files of the rules about policies, grammars among them. */
export async function ruleFiles(): Promise<readonly RuleFile[]> {
  const folders = ['src/posture/access', 'src/posture/resource', 'src/services'];
  const paths = await Promise.all(
    folders.map(async (folder) => {
      const names = await readdir(join(checkout, folder), { recursive: true });
      return names.map((name) => `${folder}/${name}`);
    }),
  );
  return Promise.all(
    paths
      .flat()
      .filter((path) =>
        path.startsWith('src/services/') ? path.endsWith('grammar.ts') : path.endsWith('.ts'),
      )
      .map(async (path) => ({ path, text: await readFile(join(checkout, path), 'utf8') })),
  );
}

/** The file that holds a service's grammar. */
export function fileOf(service: string, files: readonly RuleFile[]): string {
  const file = files.find(({ text }) => text.includes(`service: '${service}',`));
  if (file === undefined) throw new Error(`No file of the rules has a grammar with service: '${service}'.`);
  return file.path;
}
