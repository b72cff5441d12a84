import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { checkout } from '../../lab/checkout.ts';

type Proof = (step: string) => Promise<unknown>;

const fileText = (path: string): Promise<string> => readFile(join(checkout, path), 'utf8');

/** Neither an engine nor a cluster is at hand: the files that a command names are there. */
async function namesFiles(step: string): Promise<void> {
  const files = step.match(/deploy\/[\w./-]+/g) ?? [];
  for (const file of files) await access(join(checkout, file));
}

/** Commands of documentation that this machine cannot run, by their beginnings, with what can be held of each. */
export const proofsOfFiles: Readonly<Record<string, Proof>> = {
  'docker build': namesFiles,
  'docker run': async (step) => {
    const [, port] = /127\.0\.0\.1:(\d+):\1/.exec(step) ?? [];
    expect(await fileText('Dockerfile')).toContain(`EXPOSE ${port}`);
  },
  'kubectl create secret': async () => {
    const cronJob = await fileText('deploy/schedule/kubernetes.yaml');
    const quickStart = await fileText('docs/quick-start.md');
    const names = [...quickStart.matchAll(/`([A-Z_]+)=[^`]*`/g)].map(([, name]) => name);
    expect(names).toEqual(['POSTGRES_URL', 'CLOUDQUERY_API_KEY']);
    for (const name of names) expect(cronJob).toContain(name);
  },
  'kubectl apply': namesFiles,
  'terraform -chdir': async (step) => {
    await namesFiles(step);
    const terraform = await fileText('deploy/terraform/main.tf');
    for (const [, name] of step.matchAll(/-var '?(\w+)=/g)) expect(terraform).toContain(`variable "${name}"`);
  },
};
