import { readdir, readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { parseAst } from 'rolldown/parseAst';
import { expect, test } from 'vitest';
import { pluginPath } from '../../lab/organization-sync.ts';

/** What a file of the bundle imports before its first line runs. */
async function staticImports(file: string): Promise<string[]> {
  const { body } = parseAst(await readFile(file, 'utf8'));
  return body.flatMap((statement) =>
    'source' in statement && statement.source ? [statement.source.value] : [],
  );
}

/** The files that are loaded when the plugin starts, and the modules that they take from outside. */
async function startup(): Promise<{ files: Set<string>; outside: Set<string> }> {
  const files = new Set<string>();
  const outside = new Set<string>();
  const visit = async (file: string): Promise<void> => {
    if (files.has(file)) return;
    files.add(file);
    for (const specifier of await staticImports(file)) {
      if (specifier.startsWith('.')) await visit(join(dirname(file), specifier));
      else outside.add(specifier);
    }
  };
  await visit(pluginPath);
  return { files, outside };
}

/** The comment in which rolldown says where a part of the bundle is from. */
const awsClient = /^\/\/.*node_modules\/@(?:aws-sdk|smithy|aws-crypto)\//m;

test('no AWS client is loaded before the plugin listens', async () => {
  const { files } = await startup();
  const folder = dirname(pluginPath);
  const withClient: string[] = [];
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    if (name.endsWith('.js') && awsClient.test(await readFile(file, 'utf8'))) withClient.push(file);
  }
  expect(withClient.length).toBeGreaterThan(3);
  expect(withClient.filter((file) => files.has(file))).toEqual([]);
});

test('the bundle needs nothing beside it: dist/ works wherever it is copied', async () => {
  const { outside } = await startup();
  expect([...outside].filter((specifier) => !isBuiltin(specifier))).toEqual([]);
});
