import { GetDNSSECCommand, paginateListHostedZones, Route53Client } from '@aws-sdk/client-route-53';
import { expect, test } from 'vitest';
import { resourcesIn } from '../../../lab/aws/organizations/resources.ts';
import { oneAccount } from './one-account.ts';

const region = 'us-east-1';
const key = `arn:aws:kms:${region}:222222222222:key/k`;
const account = oneAccount(region);

test('hosted zones come page by page, and tell by which keys they are signed', async () => {
  const add = resourcesIn(account.data, region);
  add.hostedZone({ id: 'Z1', domain: 'shop.example.', signingKeys: { main: key } });
  add.hostedZone({ id: 'Z2', isPrivate: true });
  add.hostedZone({ id: 'Z3' });
  const client = new Route53Client(account.options);
  const pages: unknown[] = [];
  for await (const { HostedZones } of paginateListHostedZones({ client, pageSize: 2 }, {}))
    pages.push(HostedZones?.map(({ Id, Name, Config }) => [Id, Name, Config?.PrivateZone]));
  expect(pages).toEqual([
    [
      ['/hostedzone/Z1', 'shop.example.', false],
      ['/hostedzone/Z2', 'Z2.example.', true],
    ],
    [['/hostedzone/Z3', 'Z3.example.', false]],
  ]);
  const signing = async (HostedZoneId: string) => {
    const { Status, KeySigningKeys } = await client.send(new GetDNSSECCommand({ HostedZoneId }));
    return [Status?.ServeSignature, KeySigningKeys?.map(({ Name, KmsArn }) => [Name, KmsArn])];
  };
  expect(await signing('Z1')).toEqual(['SIGNING', [['main', key]]]);
  expect(await signing('Z3')).toEqual(['NOT_SIGNING', []]);
  await expect(signing('Z2')).rejects.toMatchObject({ name: 'InvalidArgument' });
  await expect(signing('Z9')).rejects.toMatchObject({ name: 'NoSuchHostedZone' });
});
