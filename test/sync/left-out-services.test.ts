import { expect, test } from 'vitest';
import { services } from '../../src/services/catalogue.ts';
import { LeftOutServices } from '../../src/sync/left-out-services.ts';
import { foreignKeys } from '../../src/tables/foreign-keys.ts';
import { keys } from '../../src/tables/keys.ts';
import { resourcePolicies } from '../../src/tables/resource-policies.ts';
import { resources } from '../../src/tables/resources.ts';

const without = (...names: readonly string[]) => services.filter((name) => !names.includes(name));

test('what is not read by default leaves a table complete, and is named', () => {
  const leftOut = new LeftOutServices(without('ebs', 'sns'), without('ebs', 'sns'));
  const both = { services: ['ebs', 'sns'], isNarrowed: false };
  expect(leftOut.of(resources)).toEqual(both);
  expect(leftOut.of(foreignKeys)).toEqual(both);
  // Volumes and snapshots have no policies.
  expect(leftOut.of(resourcePolicies)).toEqual({ services: ['sns'], isNarrowed: false });
  expect(leftOut.of(keys)).toBeNull();
  expect(leftOut.usually).toEqual(['ebs', 'sns']);
});

test('what is read by default makes it less than it is said to be', () => {
  const leftOut = new LeftOutServices(without('ebs', 'sns'), without('sns'));
  expect(leftOut.of(resources)).toEqual({ services: ['ebs', 'sns'], isNarrowed: true });
  expect(leftOut.of(resourcePolicies)).toEqual({ services: ['sns'], isNarrowed: false });
  expect(leftOut.usually).toEqual(['sns']);
});

test('rows of a service that is left out may be in its own units, AWS owned keys among them', () => {
  expect([...new LeftOutServices(without('sns')).units].sort()).toEqual([
    'keys/sns',
    'resource_policies/sns',
    'resources/sns',
  ]);
});

test('nothing, where all are chosen', () => {
  const leftOut = new LeftOutServices(services);
  expect([leftOut.of(resources), leftOut.of(foreignKeys), leftOut.usually, leftOut.units.size]).toEqual([
    null,
    null,
    [],
    0,
  ]);
});
