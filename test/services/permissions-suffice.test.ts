import { expect, test } from 'vitest';
import { addAccount, newOrganization } from '../../lab/aws/build.ts';
import { addBucket } from '../../lab/aws/organizations/buckets.ts';
import { resourcesIn } from '../../lab/aws/organizations/resources.ts';
import { shareResource } from '../../lab/aws/ram-shares.ts';
import { resourcesOfRegion } from '../../src/enumerate/resources.ts';
import { iamActions } from '../../src/services/iam-action.ts';
import { resourcePolicies } from '../../src/tables/resource-policies.ts';
import { resources } from '../../src/tables/resources.ts';
import { simulate } from '../aws/simulated.ts';
import { RecordingSink } from '../enumerate/recording-sink.ts';
import { visitResources } from '../enumerate/visit-resources.ts';

const data = '222222222222';
const region = 'eu-west-1';
const partner = ['999988887777'];

/** With something of every sort, so that every call is made. */
function world() {
  const organization = newOrganization();
  const account = addAccount(organization, { id: data });
  const add = resourcesIn(account, region);
  add.kafkaCluster({ id: 'orders/1a-1', keyArn: `arn:aws:kms:${region}:${data}:key/k` });
  add.codeDomain({ name: 'shared', keyArn: `arn:aws:kms:${region}:${data}:key/k` });
  add.codeRepository({ id: 'shared/npm' });
  add.accessGrantsInstance({ name: 'default' });
  addBucket(account, { name: 'lake', region });
  add.accessGrant({ id: 'g', grantScope: 's3://lake/*' });
  add.project({ name: 'site' });
  add.pipeline({ name: 'release' });
  add.vault({ name: 'safe', type: 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT' });
  add.dbCluster({ id: 'aurora' });
  add.desktop({ id: 'ws-1' });
  add.searchIndex({ id: 'wiki' });
  add.influxInstance({ id: 'metrics' });
  add.influxCluster({ id: 'metrics' });
  add.flow({ name: 'orders' });
  add.airflowEnvironment({ name: 'nightly' });
  add.detector({ id: '1' });
  add.publishingDestination({ id: 'findings' });
  add.macieSession({ name: 'session' });
  shareResource(account, `arn:aws:backup:${region}:${data}:backup-vault:safe`, partner);
  shareResource(account, `arn:aws:rds:${region}:${data}:cluster:aurora`, partner);
  shareResource(account, `arn:aws:codebuild:${region}:${data}:project/site`, partner);
  return { organization, account };
}

test.each([
  'kafka',
  'codeartifact',
  'codebuild',
  'codepipeline',
  'backup',
  'rds',
  's3-access-grants',
  'workspaces',
  'xray',
  'iot',
  'iotsitewise',
  'macie2',
  'guardduty',
  'config',
  'airflow',
  'session-manager',
  'appflow',
  'kendra',
  'timestream-influxdb',
])('what is declared for %s suffices, and each of it is needed', async (service) => {
  const { organization, account } = world();
  const enumerator = resourcesOfRegion.find(({ name }) => name === service);
  const declared = enumerator?.tables.flatMap((table) => enumerator.calls(table)) ?? [];
  account.user.allow = [...iamActions(declared)];
  await using simulated = await simulate(organization);
  const sink = new RecordingSink(resources, resourcePolicies);
  await visitResources(simulated, sink, { accountId: data, region }, [service]);
  const failed = sink.rows(resources).flatMap(({ errors }) => Object.entries(errors ?? {}));
  expect(failed.filter(([, message]) => String(message).includes('AccessDenied'))).toEqual([]);
  const made = Object.keys(simulated.simulator.requests.byOperation()).map((operation) =>
    operation.replace(/^s3control:/, 's3:'),
  );
  // Keys are asked for as need be, and RAM for their sake, too.
  const needed = declared.filter((operation) => !/^kms:|ram:ListResources|Snapshot|Instance/.test(operation));
  expect(made).toEqual(expect.arrayContaining([...new Set(needed)]));
});
