import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { checkout } from '../../../lab/checkout.ts';
import type { Stage } from './dockerfile.ts';

/** What an image would hold, as far as folders of this machine can be one. */
export interface BuiltStage {
  readonly stage: Stage;
  /** Stands for `/`. */
  readonly root: string;
  /** Where the last WORKDIR is on this machine. */
  readonly workdir: string;
}

/**
 * Carries out the COPY and RUN steps of a Dockerfile with this machine's own Node in place of the base image: each
 * stage in a folder of its own. Remove `folder` afterwards.
 */
export async function buildStages(
  stages: readonly Stage[],
): Promise<{ readonly folder: string; readonly built: readonly BuiltStage[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'aws-encryption-image-'));
  const built: BuiltStage[] = [];
  for (const [i, stage] of stages.entries()) {
    built.push(await buildStage(stage, join(folder, `stage-${i}`), built));
  }
  return { folder, built };
}

async function buildStage(stage: Stage, root: string, earlier: readonly BuiltStage[]): Promise<BuiltStage> {
  let workdir = root;
  for (const { name, text } of stage.instructions) {
    switch (name) {
      case 'WORKDIR':
        workdir = join(root, text);
        await mkdir(workdir, { recursive: true });
        break;
      case 'COPY':
        await copy(text, workdir, earlier);
        break;
      case 'RUN':
        await promisify(execFile)('sh', ['-c', text], { cwd: workdir, maxBuffer: 1 << 26 });
        break;
      case 'ENV':
      case 'USER':
      case 'EXPOSE':
      case 'HEALTHCHECK':
      case 'ENTRYPOINT':
      case 'CMD':
        break;
      default:
        throw new Error(`The test does not know the instruction ${name}.`);
    }
  }
  return { stage, root, workdir };
}

/** `[--from=stage] source… target`: a folder's content into the target, files into it under their names. */
async function copy(text: string, workdir: string, earlier: readonly BuiltStage[]): Promise<void> {
  const words = text.split(/\s+/);
  const option = words.find((word) => word.startsWith('--from='));
  const from = earlier.find(({ stage }) => stage.name === option?.slice('--from='.length));
  if (option !== undefined && from === undefined) throw new Error(`${option} names no earlier stage.`);
  const paths = words.filter((word) => !word.startsWith('--'));
  const target = join(workdir, paths.at(-1) as string);
  for (const source of paths.slice(0, -1)) {
    const intoFolder = paths.at(-1)?.endsWith('/') ?? false;
    await cp(join(from?.root ?? checkout, source), intoFolder ? join(target, basename(source)) : target, {
      recursive: true,
    });
  }
}
