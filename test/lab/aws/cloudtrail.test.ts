import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventDataStoreCommand,
  GetResourcePolicyCommand,
  paginateListEventDataStores,
} from '@aws-sdk/client-cloudtrail';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addAccount, newOrganization } from '../../../lab/aws/build.ts';
import { baseCredentials } from '../../../lab/aws/credentials.ts';
import type { SimAccount } from '../../../lab/aws/model.ts';
import { type Simulator, startSimulator } from '../../../lab/aws/server.ts';
import { eventDataStores, trails } from '../../../lab/aws/services/cloudtrail.ts';

const region = 'eu-west-1';
const kmsKeyId = `arn:aws:kms:${region}:222222222222:key/k`;
const arn = (name: string) => `arn:aws:cloudtrail:${region}:222222222222:${name}`;
let simulator: Simulator;
let data: SimAccount;
let other: SimAccount;
let cloudTrail: CloudTrailClient;

beforeEach(async () => {
  const organization = newOrganization();
  data = addAccount(organization, { id: '222222222222' });
  other = addAccount(organization, { id: '333333333333' });
  simulator = await startSimulator(organization);
  const credentials = baseCredentials(data.id);
  cloudTrail = new CloudTrailClient({ endpoint: simulator.url, region, credentials, maxAttempts: 1 });
});
afterEach(() => simulator.close());

test('trails are told with their shadows, unless these are not wanted', async () => {
  trails.add(data, region, { name: 'here', kmsKeyId });
  trails.add(data, 'us-east-1', { name: 'of-all-regions' });
  trails.add(data, 'us-east-1', { name: 'of-one-region', isMultiRegion: false });
  trails.add(other, region, { name: 'of-another-account' });
  trails.add(other, region, { name: 'of-the-organization', isOrganization: true });
  const told = async (includeShadowTrails?: boolean) => {
    const answer = await cloudTrail.send(new DescribeTrailsCommand({ includeShadowTrails }));
    return answer.trailList?.map(({ Name, HomeRegion, KmsKeyId }) => [Name, HomeRegion, KmsKeyId]);
  };
  expect(await told(false)).toEqual([['here', region, kmsKeyId]]);
  expect(await told()).toEqual([
    ['here', region, kmsKeyId],
    ['of-all-regions', 'us-east-1', undefined],
    ['of-the-organization', region, undefined],
  ]);
});

test('event data stores are listed page by page, and each tells its key', async () => {
  for (const name of ['a', 'b', 'c']) eventDataStores.add(data, region, { name, kmsKeyId });
  eventDataStores.add(data, region, { name: 'd' });
  const pages: unknown[] = [];
  for await (const page of paginateListEventDataStores({ client: cloudTrail }, { MaxResults: 3 }))
    pages.push(page.EventDataStores?.map(({ EventDataStoreArn }) => EventDataStoreArn));
  expect(pages).toEqual([
    ['a', 'b', 'c'].map((name) => arn(`eventdatastore/${name}`)),
    [arn('eventdatastore/d')],
  ]);
  const keyOf = async (EventDataStore: string) =>
    (await cloudTrail.send(new GetEventDataStoreCommand({ EventDataStore }))).KmsKeyId;
  expect([await keyOf('a'), await keyOf(arn('eventdatastore/d'))]).toEqual([kmsKeyId, undefined]);
  await expect(keyOf('gone')).rejects.toMatchObject({ name: 'EventDataStoreNotFoundException' });
});

test('a store has its own policy, one of a delegated administrator, both or none', async () => {
  const policy = '{"Version":"2012-10-17","Statement":[]}';
  eventDataStores.add(data, region, { name: 'own', policy });
  eventDataStores.add(data, region, { name: 'administered', ofAdministrator: policy });
  eventDataStores.add(data, region, { name: 'alone' });
  const policiesOf = async (name: string) => {
    const ResourceArn = arn(`eventdatastore/${name}`);
    const answer = await cloudTrail.send(new GetResourcePolicyCommand({ ResourceArn }));
    return [answer.ResourcePolicy, answer.DelegatedAdminResourcePolicy];
  };
  expect(await policiesOf('own')).toEqual([policy, undefined]);
  expect(await policiesOf('administered')).toEqual([undefined, policy]);
  await expect(policiesOf('alone')).rejects.toMatchObject({ name: 'ResourcePolicyNotFoundException' });
  await expect(policiesOf('gone')).rejects.toMatchObject({ name: 'EventDataStoreNotFoundException' });
});
