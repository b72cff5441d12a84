import { expect, onTestFinished, test } from 'vitest';
import { type Simulator, startSimulator } from '../../lab/aws/server.ts';
import { memberPolicy, organizationPolicy } from '../../src/permissions/policy.ts';
import { services } from '../../src/services/catalogue.ts';
import { iamAction } from '../../src/services/iam-action.ts';
import type { Operation } from '../../src/services/operations.ts';
import { wasNeeded } from '../../src/services/releases.ts';
import { tables } from '../../src/tables/index.ts';
import { memberRole, organizationToRead } from '../e2e/organization-to-read.ts';
import { syncInProcess } from '../known-faults/sync-in-process.ts';

/* The plugin was upgraded, and roles were made for an earlier version. */

const management = '111111111111';
const member = '222222222222';
const actionsOf = ({ Statement }: ReturnType<typeof memberPolicy>) =>
  Statement.flatMap(({ Action }) => Action);
const ofMember = actionsOf(memberPolicy(tables, services));
const ofManagement = actionsOf(organizationPolicy(tables, `arn:aws:iam::*:role/${memberRole}`, services));
const old = (actions: readonly string[]) => actions.filter((action) => wasNeeded('0.1.0', action));
/** It would only spare calls: where it is denied, nothing is missing. */
const added = ofMember.filter((action) => !wasNeeded('0.1.0', action) && action !== 'ram:ListResources');

async function simulated(allowed: Parameters<typeof organizationToRead>[0]): Promise<Simulator> {
  const aws = await startSimulator(organizationToRead(allowed));
  onTestFinished(() => aws.close());
  return aws;
}

const sync = (aws: Simulator) =>
  syncInProcess(aws, management, {
    org: { member_role_name: memberRole },
    resource_services: ['*'],
    include_iam: true,
    include_key_last_usage: true,
    include_key_metrics: true,
  });

type Said = Awaited<ReturnType<typeof sync>>;
const failures = ({ log }: Said) => log.filter((line) => line.startsWith('error: '));
const aboutActions = ({ log }: Said) => log.filter((line) => line.includes('permissions --since'));

test('a role that lacks all new actions: one line, no error, and coverage says which tables they cost', async () => {
  const aws = await simulated({ management: ofManagement, member: old(ofMember) });
  const said = await sync(aws);
  const [line = '', ...more] = aboutActions(said);
  expect(more).toEqual([]);
  expect(line).toMatch(/^warn: The role lacks actions that are new since 0\.1\.0, in account 222222222222: /);
  // Where nothing can be listed, nothing of it is asked for its policy.
  // S3 Control signs as a service of its own.
  const asked = aws.requests.denied.map(({ operation }) =>
    operation.replace(/^s3(?:control|multiregion):/, 's3:'),
  );
  const denied = new Set(asked.map((operation) => iamAction(operation as Operation)));
  const named = added.filter((action) => line.includes(`${action}, `) || line.includes(`${action}. `));
  expect(named).toEqual(added.filter((action) => denied.has(action)));
  const told = [...line.matchAll(/\b[a-z0-9-]+:[A-Z]\w+/g)].map(([action]) => action);
  expect(told).toEqual(told.toSorted());
  expect(named).toEqual(expect.arrayContaining(['kinesis:ListStreams', 'lambda:ListAliases']));
  expect(failures(said)).toEqual([]);
  expect(said.errors).toEqual([]);
  const partial = said.rows.coverage?.filter(({ status }) => status !== 'complete') ?? [];
  expect(partial.length).toBeGreaterThan(2);
  for (const place of partial) expect(place).toMatchObject({ account_id: member, reason: 'access_denied' });
});

test('roles that lack nothing: no line', async () => {
  const said = await sync(await simulated({ management: ofManagement, member: ofMember }));
  expect(aboutActions(said)).toEqual([]);
});

test('an action that was needed before is an error as ever', async () => {
  const left = ofMember.filter((action) => action !== 'sns:ListTopics');
  const said = await sync(await simulated({ management: ofManagement, member: left }));
  expect(aboutActions(said)).toEqual([]);
  const tellings = failures(said);
  // Two regions, three tables.
  expect(tellings).toHaveLength(6);
  for (const line of tellings) expect(line).toContain('sns:ListTopics failed with AuthorizationError');
});

test('what is denied in one region, and not in another, is no action that the role lacks', async () => {
  const aws = await simulated({ management: ofManagement, member: ofMember });
  const denying = { operation: 'kinesis:ListStreams', account: member, region: 'us-east-1' };
  aws.faults.add({ ...denying, effect: { kind: 'deny' } });
  const said = await sync(aws);
  expect(aboutActions(said)).toEqual([]);
  const tellings = failures(said);
  expect(tellings.length).toBeGreaterThan(0);
  for (const line of tellings) expect(line).toContain('kinesis:ListStreams failed with AccessDenied');
});
