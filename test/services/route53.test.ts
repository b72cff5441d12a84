import { expect, it } from 'vitest';
import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import { asymmetricKey } from '../../lab/aws/keys.ts';
import { resourcesIn } from '../../lab/aws/organizations/resources.ts';
import { type Fault, readService } from './read-service.ts';

const accountId = '222222222222';
const region = 'us-east-1';

/** Zones that are signed by one key and by two, and some that are not signed. */
function world() {
  const organization = newOrganization();
  const account = addAccount(organization, { id: accountId });
  const place = { partition: 'aws', region, accountId };
  const keyOf = (name: string) => addKey(account, asymmetricKey(place, name, 'ECC_NIST_P256')).metadata.Arn;
  const [first, second] = [keyOf('first'), keyOf('second')];
  const add = resourcesIn(account, region);
  add.hostedZone({ id: 'Z1', signingKeys: { main: first } });
  add.hostedZone({ id: 'Z2', signingKeys: { old: first, new: second } });
  add.hostedZone({ id: 'Z3' });
  add.hostedZone({ id: 'Z4', isPrivate: true });
  return organization;
}

async function read(fault?: Fault, place = region) {
  const where = { accountId, region: place };
  const { rows, sink, requests } = await readService(world(), where, 'route53', { faults: [fault] });
  return { rows, said: [...sink.said], requests };
}

it('each key-signing key of a zone has a row, with its KMS key', async () => {
  const { rows, said, requests } = await read();
  const seen = rows.map((row) => [
    String(row.arn).split(':::').at(-1),
    row.resource_type,
    row.region,
    row.encryption_state,
    row.key_type,
    row.cross_account_use,
  ]);
  const signed = ['key_signing_key', region, 'kms', 'customer_managed_aws_material', 'not_shared'];
  expect(seen.sort()).toEqual([
    ['hostedzone/Z1/key-signing-key/main', ...signed],
    ['hostedzone/Z2/key-signing-key/new', ...signed],
    ['hostedzone/Z2/key-signing-key/old', ...signed],
  ]);
  expect(said).toEqual([]);
  // Not asked of the private zone, which would refuse.
  expect(requests['route53:GetDNSSEC']).toBe(3);
});

it('another region than the first is asked nothing', async () => {
  const { rows, said, requests } = await read(undefined, 'eu-west-1');
  expect([rows, said, Object.keys(requests).filter((name) => name.startsWith('route53'))]).toEqual([
    [],
    [],
    [],
  ]);
});

it('where GetDNSSEC is denied or answers nothing, zones say so, and rows are missing', async () => {
  const operation = 'route53:GetDNSSEC';
  for (const kind of ['deny', 'empty_body'] as const) {
    const { rows, said } = await read({ operation, effect: { kind } });
    expect(
      rows.map((row) => [row.resource_type, row.encryption_state, Object.keys(row.errors ?? {})]),
    ).toEqual(['Z1', 'Z2', 'Z3'].map(() => ['hosted_zone', null, [operation]]));
    expect(said.some((line) => line.startsWith(`rows missing: resources ${operation}`))).toBe(true);
  }
});

it('a zone that is deleted meanwhile is no row', async () => {
  const effect = { kind: 'error', status: 404, code: 'NoSuchHostedZone' } as const;
  const { rows, said } = await read({ operation: 'route53:GetDNSSEC', effect });
  expect([rows, said]).toEqual([[], []]);
});

it('the listing goes to its last page, and fails by an answer that is none', async () => {
  const operation = 'route53:ListHostedZones';
  const { rows, requests } = await read({ operation, effect: { kind: 'short_pages', entries: 1 } });
  expect([rows.length, requests[operation]]).toEqual([3, 4]);
  for (const kind of ['deny', 'empty_body'] as const) {
    const { said } = await read({ operation, effect: { kind } });
    expect(said).toEqual([expect.stringContaining(`listing failed: resources ${operation}`)]);
  }
});
