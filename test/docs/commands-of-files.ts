import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { parse } from 'yaml';
import { checkout } from '../../lab/checkout.ts';

type Proof = (step: string) => Promise<unknown>;

const fileText = (path: string): Promise<string> => readFile(join(checkout, path), 'utf8');

/** Neither an engine, a cluster nor AWS is at hand: the files that a command names are there. */
async function namesFiles(step: string): Promise<void> {
  const files = step.match(/deploy\/[\w./-]+/g) ?? [];
  for (const file of files) await access(join(checkout, file));
}

/** `--parameters ParameterKey=Name,…` and `--parameter-overrides Name=…` are parameters of the template that is named. */
async function givesParameters(step: string): Promise<void> {
  await namesFiles(step);
  const [template = ''] = /deploy\/[\w./-]+/.exec(step) ?? [];
  const given = [...step.matchAll(/(?:ParameterKey=|--parameter-overrides )(\w+)/g)].map(([, name]) => name);
  // Tags of CloudFormation (`!Ref`) are not YAML's: they do not matter here.
  const { Parameters } = parse(await fileText(template), { logLevel: 'silent' });
  expect(given.length).toBeGreaterThan(0);
  expect(Object.keys(Parameters)).toEqual(expect.arrayContaining(given));
}

/** Commands of documentation that this machine cannot run, by their beginnings, with what can be held of each. */
export const proofsOfFiles: Readonly<Record<string, Proof>> = {
  'aws cloudformation deploy': givesParameters,
  'aws cloudformation create-stack-set': givesParameters,
  'aws cloudformation create-stack-instances': async (step) => {
    const [, name = ''] = /--stack-set-name (\S+)/.exec(step) ?? [];
    expect(await fileText('docs/_authentication.md')).toContain(`create-stack-set --stack-set-name ${name} `);
  },
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
