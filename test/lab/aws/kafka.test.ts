import { GetClusterPolicyCommand, KafkaClient, paginateListClustersV2 } from '@aws-sdk/client-kafka';
import { expect, test } from 'vitest';
import { addAccount, newOrganization } from '../../../lab/aws/build.ts';
import { baseCredentials } from '../../../lab/aws/credentials.ts';
import { startSimulator } from '../../../lab/aws/server.ts';
import { kafkaClusters } from '../../../lab/aws/services/kafka.ts';

const region = 'us-east-1';
const accountId = '222222222222';
const arn = (id: string) => `arn:aws:kafka:${region}:${accountId}:cluster/${id}`;

test("AWS's own client lists clusters of both types page by page, and reads their policies", async () => {
  const organization = newOrganization();
  const account = addAccount(organization, { id: accountId });
  const policy = '{"Version":"2012-10-17","Statement":[]}';
  kafkaClusters.add(account, region, { id: 'a/1', keyArn: 'arn:key', policy });
  kafkaClusters.add(account, region, { id: 'b/2', type: 'SERVERLESS' });
  kafkaClusters.add(account, region, { id: 'c/3', keyArn: 'arn:key' });
  const simulator = await startSimulator(organization, { verifySignatures: true });
  const endpoint = simulator.url;
  const client = new KafkaClient({
    endpoint,
    region,
    credentials: baseCredentials(accountId),
    maxAttempts: 1,
  });
  const pages: unknown[] = [];
  for await (const { ClusterInfoList } of paginateListClustersV2({ client }, { MaxResults: 2 }))
    pages.push(
      ClusterInfoList?.map(({ ClusterArn, ClusterType, Provisioned }) => [
        ClusterArn,
        ClusterType,
        Provisioned?.EncryptionInfo?.EncryptionAtRest?.DataVolumeKMSKeyId,
      ]),
    );
  expect(pages).toEqual([
    [
      [arn('a/1'), 'PROVISIONED', 'arn:key'],
      [arn('b/2'), 'SERVERLESS', undefined],
    ],
    [[arn('c/3'), 'PROVISIONED', 'arn:key']],
  ]);
  const policyOf = (id: string) => client.send(new GetClusterPolicyCommand({ ClusterArn: arn(id) }));
  expect(await policyOf('a/1')).toMatchObject({ Policy: policy });
  await expect(policyOf('b/2')).rejects.toMatchObject({ name: 'NotFoundException' });
  await expect(policyOf('gone/1')).rejects.toMatchObject({ name: 'NotFoundException' });
  await simulator.close();
});
