import { expect, test } from 'vitest';
import { leftOutFrameworks, readCompliance } from '../../src/checks/compliance.ts';
import { usage } from '../../src/checks/usage.ts';
import { sqlFile } from '../../src/postgres/sql-folder.ts';

test('what --help calls left out is not there, and is told of the package that the ids are from', async () => {
  const { source } = JSON.parse(await sqlFile('compliance.json'));
  const ids = new Set([...(await readCompliance()).values()].flat().map(({ framework }) => framework));
  expect([...ids]).toContain('pci-4.0');
  expect([...ids].filter((id) => ['pci-4.0.1', 'cis-1.2'].includes(id))).toEqual([]);
  expect(leftOutFrameworks).toContain(source.version);
  expect(leftOutFrameworks).toContain(source.read);
  expect(usage).toContain(leftOutFrameworks);
});
