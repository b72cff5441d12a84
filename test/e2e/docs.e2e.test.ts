import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments, stringify } from 'yaml';
import { checkout } from '../../lab/checkout.ts';
import { runCloudquery } from '../../lab/cloudquery.ts';
import { organizationSync } from '../../lab/organization-sync.ts';
import { startPostgres } from '../../lab/postgres.ts';
import { sync } from '../../lab/sync.ts';
import manifest from '../../package.json' with { type: 'json' };
import { views } from '../../src/views/command.ts';
import { type Block, blocksIn } from '../docs/markdown.ts';
import { type DemoWorld, startDemoWorld } from './demo-world.ts';
import type { Row } from './rows.ts';

/** Every example of the documentation does what it says: SQL on the demo's data, specs by the CLI's own check. */
describe('SQL', async () => {
  let world: DemoWorld;

  beforeAll(async () => {
    world = await startDemoWorld(startPostgres);
    const spec = {
      org: { member_role_name: 'OrganizationAccountAccessRole' },
      include_key_last_usage: true,
      include_key_metrics: true,
      include_iam: true,
    };
    const { code } = await sync(organizationSync(world, world.connectionString, spec));
    expect(code).toBe(0);
    expect(await views(['--connection', world.connectionString, '--reader'])).toBe(0);
  });
  afterAll(() => world.close());

  test.each(await blocksIn('sql'))('$place', async ({ text }) => {
    await world.query('begin');
    try {
      await world.query(text);
    } finally {
      await world.query('rollback');
    }
  });
});

describe('specs', async () => {
  const spec = {
    place: 'spec.yml',
    language: 'yaml',
    text: await readFile(join(checkout, 'spec.yml'), 'utf8'),
  };
  const blocks = [spec, ...(await blocksIn('yaml', 'yml'))];
  const examples = blocks.filter(({ text }) => specsIn(text).length > 0);
  test.each(examples)('$place', async ({ text }) => {
    expect(await validate(specsIn(text))).toBe('');
  });

  test('one of them with a mistake is refused', async () => {
    const [first] = examples as [Block];
    const specs = specsIn(
      first.text.replace('\n    org:', '\n    orga:').replace('\n    accounts:', '\n    account:'),
    );
    expect(await validate(specs)).toContain('additionalProperties');
  });
});

/** The documents that are CloudQuery's; other YAML is not. */
function specsIn(text: string): Row[] {
  const documents = parseAllDocuments(text).map((document): Row => document.toJS());
  return documents.filter(({ kind }) => kind === 'source' || kind === 'destination');
}

/** Destinations come from CloudQuery's hub, which is out of reach here: ours stands for each that is named. */
function withOurDestination(specs: readonly Row[]): Row[] {
  const given = specs.filter(({ kind }) => kind === 'destination').map(({ spec }) => spec as Row);
  const named = given.length > 0 ? given : [{ name: 'postgresql' }];
  const ours = { registry: 'local', path: join(checkout, 'dist/demo/destination.js'), spec: {} };
  return [
    ...specs.filter(({ kind }) => kind === 'source'),
    ...named.map(({ version: _, ...spec }) => ({ kind: 'destination', spec: { ...spec, ...ours } })),
  ];
}

/** What `cloudquery validate-config` has against the specs; empty when nothing. */
async function validate(specs: readonly Row[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'aws-encryption-docs-'));
  try {
    await symlink(join(checkout, 'dist'), join(folder, 'dist'));
    // As the quick start installs it.
    await mkdir(join(folder, 'node_modules'));
    await symlink(checkout, join(folder, 'node_modules', manifest.name));
    const text = withOurDestination(specs)
      .map((document) => stringify(document))
      .join('---\n');
    await writeFile(join(folder, 'spec.yml'), text);
    const variables = [...text.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => [name, 'given']);
    const result = await runCloudquery(['validate-config', 'spec.yml'], {
      cwd: folder,
      env: Object.fromEntries(variables),
    });
    return result.code === 0 ? '' : `${result.stdout}${result.stderr}`;
  } finally {
    await rm(folder, { recursive: true });
  }
}
