import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, normalize, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { checkout } from '../../lab/checkout.ts';
import { lintDockerfiles, lintKubernetes, lintShell } from '../../lab/linters.ts';

const run = promisify(execFile);
const script = 'deploy/schedule/sync-and-report.sh';
const textOf = (path: string): Promise<string> => readFile(resolve(checkout, path), 'utf8');

/** Documents of a YAML file; throws for one that is none. */
async function documents(path: string): Promise<unknown[]> {
  return parseAllDocuments(await textOf(path)).map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS();
  });
}

/** What a linter of files says of a text. */
async function lintText(
  name: string,
  text: string,
  lint: (path: string) => Promise<string>,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'aws-encryption-lint-'));
  try {
    const path = join(folder, name);
    await writeFile(path, text);
    return await lint(path);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('ShellCheck warns of nothing in any script, and of what is wrong', async () => {
  const { stdout } = await run('git', ['ls-files', '*.sh', '.ci/run'], { cwd: checkout });
  const scripts = stdout.trim().split('\n');
  expect(scripts).toContain(script);
  expect(await lintShell(...scripts)).toBe('');
  const wrong = (await textOf(script)).replace('"$OUTPUT.lock" ||', '$unknown.lock ||');
  expect(await lintText('wrong.sh', wrong, lintShell)).toContain('SC2154');
});

test('the script is bash, and has the run bit', async () => {
  await run('bash', ['-n', join(checkout, script)]);
  expect((await stat(join(checkout, script))).mode & 0o111).toBe(0o111);
});

describe('Kubernetes', () => {
  test('every field is one that Kubernetes knows, and one that it does not know is found', async () => {
    const shards = join(checkout, 'deploy/schedule/kubernetes-shards.yaml');
    expect(await lintKubernetes(join(checkout, 'deploy/schedule/kubernetes.yaml'), '1.37')).toBe('');
    expect(await lintKubernetes(shards, '1.37')).toBe('');
    const folder = await mkdtemp(join(tmpdir(), 'aws-encryption-kubernetes-'));
    try {
      const wrong = join(folder, 'wrong.yaml');
      await writeFile(wrong, (await textOf(shards)).replace('backoffLimitPerIndex', 'backofLimitPerIndex'));
      expect(await lintKubernetes(wrong, '1.37')).toContain('backofLimitPerIndex');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('runs one at a time and never tries again by itself', async () => {
    const found = (await documents('deploy/schedule/kubernetes.yaml')) as { kind: string }[];
    expect(found.map(({ kind }) => kind)).toEqual(['ConfigMap', 'PersistentVolumeClaim', 'CronJob']);
    expect(found[2]).toMatchObject({
      spec: {
        schedule: expect.stringMatching(cronTime),
        concurrencyPolicy: 'Forbid',
        jobTemplate: { spec: { backoffLimit: 0, template: { spec: { restartPolicy: 'Never' } } } },
      },
    });
  });

  test('has the spec of the root in its ConfigMap', async () => {
    const [config] = (await documents('deploy/schedule/kubernetes.yaml')) as [
      { data: { 'spec.yml': string } },
    ];
    const specOf = (text: string) => parseAllDocuments(text).map((document) => document.toJS());
    const [source, destination] = specOf(config.data['spec.yml']);
    const [ourSource, ourDestination] = specOf(await textOf('spec.yml'));
    expect(destination).toEqual(ourDestination);
    expect({ ...source.spec, spec: null }).toEqual({ ...ourSource.spec, spec: null });
  });
});

test('Kubernetes, sharded: each pod of the indexed Job reads a shard of its own, and all are read', async () => {
  const [job] = (await documents('deploy/schedule/kubernetes-shards.yaml')) as [IndexedJob];
  const { completionMode, completions, parallelism, template } = job.spec;
  expect({ completionMode, parallelism }).toEqual({ completionMode: 'Indexed', parallelism: completions });
  const [container] = template.spec.containers;
  const command = container?.args[0]?.replace('exec cloudquery', 'echo') ?? '';
  const shards = Array.from({ length: completions }, async (_, index) => {
    const env = { JOB_COMPLETION_INDEX: String(index) };
    const { stdout } = await run('/bin/sh', ['-c', command], { env });
    return /--shard (\S+)/.exec(stdout)?.[1];
  });
  expect(await Promise.all(shards)).toEqual(['1/4', '2/4', '3/4', '4/4']);
});

interface IndexedJob {
  readonly spec: {
    readonly completionMode: string;
    readonly completions: number;
    readonly parallelism: number;
    readonly template: {
      readonly spec: { readonly containers: readonly { readonly args: readonly string[] }[] };
    };
  };
}

test('GitHub Actions: one run at a time, with the CLI of the setup action, the page kept even when checks find something', async () => {
  const [workflow] = (await documents('deploy/schedule/github-actions.yml')) as [Workflow];
  expect(workflow.on.schedule[0]?.cron).toMatch(cronTime);
  expect(workflow.concurrency).toEqual({ group: 'encryption-posture', 'cancel-in-progress': false });
  const { steps } = workflow.jobs.posture;
  expect(steps.map(({ uses }) => uses)).toContain('cloudquery/setup-cloudquery@v3');
  expect(steps.some(({ run }) => run?.includes(script))).toBe(true);
  const upload = steps.find(({ uses }) => uses?.startsWith('actions/upload-artifact@'));
  expect(upload).toMatchObject({ if: 'always()', with: { path: 'out/posture.html' } });
});

interface Workflow {
  readonly on: { readonly schedule: readonly { readonly cron: string }[] };
  readonly concurrency: unknown;
  readonly jobs: {
    readonly posture: {
      readonly steps: readonly { uses?: string; run?: string; if?: string; with?: unknown }[];
    };
  };
}

test('GitHub Actions: the newest list of AWS actions is taken every week, and the grammars are held against it', async () => {
  const [workflow] = (await documents('.github/workflows/catalogue.yml')) as [Catalogue];
  expect(workflow.on.schedule[0]?.cron).toMatch(/^[0-5]?\d (1?\d|2[0-3]) \* \* [0-6]$/);
  const { devDependencies, scripts } = parse(await textOf('package.json'));
  const commands = workflow.jobs.catalogue.steps.flatMap(({ run }) => run ?? []);
  const update = commands.findIndex((command) => command.startsWith('npm install'));
  const [, data = ''] = / (@\S+)@latest$/.exec(commands[update] ?? '') ?? [];
  // Pinned for everybody but this job.
  expect(devDependencies[data]).toMatch(/^\d+\.\d+\.\d+$/);
  expect(commands[update + 1]).toBe('npm run catalogue');
  const [, folder = ''] = /^vitest run --project unit (\S+)$/.exec(scripts.catalogue) ?? [];
  expect(existsSync(join(checkout, folder, 'actions.test.ts'))).toBe(true);
  for (const command of commands) await run('bash', ['-n', '-c', command]);
});

interface Catalogue {
  readonly on: { readonly schedule: readonly { readonly cron: string }[] };
  readonly jobs: { readonly catalogue: { readonly steps: readonly { run?: string }[] } };
}

const cronTime = /^(\*|[0-5]?\d) (\*|1?\d|2[0-3]) \* \* \*$/;

test('cron: a time, a command, and the script', async () => {
  const jobs = (await textOf('deploy/schedule/crontab'))
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#') && !/^[A-Z_]+=/.test(line));
  expect(jobs).toHaveLength(1);
  const [, time = '', command = ''] = /^((?:\S+ ){4}\S+) (.*)$/.exec(jobs[0] ?? '') ?? [];
  expect(time).toMatch(cronTime);
  expect(command).toContain(script);
  // cron ends the command at a percent sign.
  expect(command).not.toContain('%');
});

describe('systemd', () => {
  test('the timer starts the service, which takes violations for a run that went well', async () => {
    const service = await textOf('deploy/schedule/aws-encryption.service');
    expect(service).toMatch(new RegExp(`^ExecStart=/opt/aws-encryption/${script}$`, 'm'));
    expect(service).toMatch(/^SuccessExitStatus=1$/m);
    expect(await textOf('deploy/schedule/aws-encryption.timer')).toMatch(
      /^OnCalendar=\*-\*-\* \d\d:\d\d:\d\d$/m,
    );
  });

  test('systemd itself, where there is one, finds nothing wrong', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'aws-encryption-units-'));
    try {
      for (const unit of ['aws-encryption.service', 'aws-encryption.timer']) {
        const text = await textOf(`deploy/schedule/${unit}`);
        expect(text).toMatch(/^\[Unit\]\nDescription=.+$/m);
        await writeFile(join(folder, unit), text.replaceAll('/opt/aws-encryption', checkout));
      }
      if (!existsSync('/usr/bin/systemd-analyze')) return;
      const { stderr } = await run('systemd-analyze', ['verify', join(folder, 'aws-encryption.timer')]);
      expect(stderr).toBe('');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('Docker Compose', () => {
  const folder = 'deploy/compose';

  test('has PostgreSQL, Grafana and the sync; what it mounts and builds is there', async () => {
    const [compose] = (await documents(`${folder}/compose.yaml`)) as [Compose];
    expect(Object.keys(compose.services)).toEqual(['postgres', 'grafana', 'plugin', 'posture']);
    const used = Object.values(compose.services).flatMap(({ build, volumes = [] }) => [
      ...volumes.map((volume) => volume.split(':')[0] ?? '').filter((path) => path.startsWith('.')),
      ...(build ? [build.context, join(build.context, build.dockerfile ?? 'Dockerfile')] : []),
    ]);
    const absent = used.filter((path) => path !== './out' && !existsSync(join(checkout, folder, path)));
    expect(absent).toEqual([]);
  });

  test('asks for every variable that has no default in .env.example', async () => {
    const names = new Set(
      [...(await textOf(`${folder}/compose.yaml`)).matchAll(/\$\{(\w+)/g)].map(([, name]) => name),
    );
    const asked = [...(await textOf(`${folder}/.env.example`)).matchAll(/^(\w+)=/gm)].map(([, name]) => name);
    expect(asked.toSorted()).toEqual([...names].toSorted());
  });

  test('Grafana is given the database of the dashboards, and the dashboards', async () => {
    const { datasources } = parse(await textOf(`${folder}/grafana/datasources.yaml`));
    expect(datasources[0]).toMatchObject({ type: 'grafana-postgresql-datasource', user: 'grafana' });
    const { providers } = parse(await textOf(`${folder}/grafana/dashboards.yaml`));
    const [compose] = (await documents(`${folder}/compose.yaml`)) as [Compose];
    expect(compose.services.grafana?.volumes).toContain(`../../dashboards:${providers[0].options.path}:ro`);
  });

  test('its programs are bash', async () => {
    await run('bash', ['-n', join(checkout, folder, 'postgres/grafana-user.sh')]);
  });
});

interface Compose {
  readonly services: Readonly<
    Record<string, { build?: { context: string; dockerfile?: string }; volumes?: readonly string[] }>
  >;
}

test('hadolint finds nothing in the Dockerfiles, and what is wrong', async () => {
  const schedule = 'deploy/schedule/Dockerfile';
  expect(await lintDockerfiles('Dockerfile', schedule)).toBe('');
  const wrong = (await textOf(schedule)).replace('WORKDIR /plugin\n', '');
  expect(await lintText('Dockerfile', wrong, lintDockerfiles)).toContain('DL3045');
});

test('the image of schedules copies only what its context lets through', async () => {
  const dockerfile = await textOf('deploy/schedule/Dockerfile');
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(\S+) \S+$/gm)].map(([, path = '']) =>
    normalize(path),
  );
  const ignored = await textOf('deploy/schedule/Dockerfile.dockerignore');
  const let_through = [...ignored.matchAll(/^!(\S+)$/gm)].map(([, path]) => path);
  expect(copied.toSorted()).toEqual(let_through.toSorted());
  for (const path of copied) expect(existsSync(join(checkout, dirname(path)))).toBe(true);
});
