import { expect, test } from 'vitest';
import { bucketPosture } from '../../../src/posture/bucket/posture.ts';
import type { AdmittedEntity } from '../../../src/posture/cross-account/external-entities.ts';
import { bucketFacts, read } from '../bucket/bucket.ts';
import { compute, data, organization, ours, root, vendor } from './cast.ts';

const inOrganization = { Condition: { StringEquals: { 'aws:PrincipalOrgID': ours } } };
const { readers } = bucketPosture(
  bucketFacts({}, [read(root(vendor)), read('*', inOrganization)]),
  organization,
);
const idsOf = (entities: readonly AdmittedEntity[]) =>
  entities.map(({ entity }) => ('id' in entity ? entity.id : entity.kind));
const none = { accounts: [], organizations: [] };

test('those that the key names stand beside those that the resource tells', () => {
  expect(idsOf(readers.all)).toEqual([vendor, ours]);
  expect(idsOf(readers.with({ accounts: [vendor], organizations: [ours] }))).toEqual([vendor, ours]);
});

test('what one key names is nothing to the next', () => {
  readers.with({ accounts: [compute], organizations: ['o-other000001'] });
  expect(idsOf(readers.with(none))).toEqual([vendor, ours]);
  expect(idsOf(readers.all)).toEqual([vendor, ours]);
});

test('the own account and those that are let in to nothing are no entities', () => {
  expect(idsOf(readers.with({ accounts: [data], organizations: ['o-other000001'] }))).toEqual([vendor, ours]);
});

test('an entity is worked out once, whatever number of keys and operations ask for it', () => {
  expect(readers.with(none)[0]).toBe(readers.all[0]);
});
