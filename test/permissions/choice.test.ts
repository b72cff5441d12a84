import { expect, test } from 'vitest';
import { memberPolicy } from '../../src/permissions/policy.ts';
import { services } from '../../src/services/catalogue.ts';
import { servicesByDefault } from '../../src/services/choice.ts';
import { tables } from '../../src/tables/index.ts';
import { resources } from '../../src/tables/resources.ts';

const actions = (...of: Parameters<typeof memberPolicy>) =>
  memberPolicy(...of).Statement.flatMap(({ Action }) => Action);

test('of the services that are chosen, and the keys that their resources name', () => {
  const chosen = actions([resources], ['sqs']);
  expect(chosen).toEqual(expect.arrayContaining(['sqs:ListQueues', 'kms:DescribeKey']));
  expect(chosen.filter((action) => /^(?:kinesis|sns|rds):/.test(action))).toEqual([]);
});

test('of the services that are read by default, where none is named', () => {
  expect(actions(tables)).toEqual(actions(tables, servicesByDefault));
});

test('keys and buckets need the same, whatever is chosen', () => {
  // RAM is asked for keys once, and then for single resources.
  const rest = (of: readonly string[]) =>
    of.filter((action) => /^(?:kms|s3(?!:\w*AccessGrant)|account|iam|ram:ListResources)\b/.test(action));
  expect(rest(actions(tables, ['sqs']))).toEqual(rest(actions(tables, services)));
});
