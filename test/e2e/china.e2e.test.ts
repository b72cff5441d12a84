import { afterAll, beforeAll, expect, test } from 'vitest';
import { addAccount, newOrganization } from '../../lab/aws/build.ts';
import { addEveryKind } from '../../lab/aws/organizations/every-kind.ts';
import { judgementOf } from './expected/kinds.ts';
import { placesOf } from './expected/places.ts';
import { aliasesOf, rawKeyColumns } from './expected/raw-key.ts';
import { own, type Row } from './rows.ts';
import { startWorld, type World } from './world.ts';

const organization = newOrganization({
  partition: 'aws-cn',
  regions: [
    { name: 'cn-north-1', optIn: false },
    { name: 'cn-northwest-1', optIn: false },
  ],
});
const member = addAccount(organization, { id: '222222222222', name: 'member' });
addEveryKind(member, { partition: 'aws-cn', accountId: member.id, region: 'cn-north-1' }, 'cn-northwest-1');

const expected = placesOf(organization, [member.id]).flatMap((place) =>
  [...place.content.keys].map((key) => {
    const kind = (aliasesOf(place, key)[0] as string).replace('alias/', '');
    // No price of the China regions is sourced.
    const price = { monthly_fee_usd: null, request_price_class: null };
    return { kind, row: { ...rawKeyColumns(place, key), ...judgementOf(kind), ...price } };
  }),
);

let world: World;
let keys: Row[];

beforeAll(async () => {
  world = await startWorld(organization);
  const result = await world.sync({
    spec: {
      org: { member_role_name: 'OrganizationAccountAccessRole' },
      custom_endpoint_partition_id: 'aws-cn',
    },
    tables: ['aws_encryption_keys'],
  });
  expect(result.summaries).toMatchObject([{ source_errors: 0 }]);
  keys = await world.rows('aws_encryption_keys');
});
afterAll(() => world.close());

test('has SM2, which only the China regions have', () => {
  expect(expected.map(({ kind }) => kind)).toContain('sm2');
});

test.each(expected)('says all of $kind in $row.region', ({ row }) => {
  expect(keys.filter(({ arn }) => arn === row.arn).map(own)).toEqual([row]);
});
