import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateGrantCommand,
  CreateKeyCommand,
  DisableKeyCommand,
  type KMSClient,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import { CreateBucketCommand, PutBucketEncryptionCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientsEnvironment } from '../../lab/clients.ts';
import { type Emulator, startMoto } from '../../lab/emulators.ts';
import { organizationSync } from '../../lab/organization-sync.ts';
import { sync } from '../../lab/sync.ts';
import { fixEntry } from '../../src/fix-column.ts';
import { views } from '../../src/views/command.ts';
import { runAsWritten } from '../docs/commands.ts';
import { runVerb } from '../sql/run-verb.ts';
import { startDemoWorld } from './demo-world.ts';
import { clientsOf, pipelineTo } from './emulated.ts';
import type { Pipeline } from './pipeline.ts';

/** Commands of fixes as they are printed, by AWS's own command line against moto. */
const region = 'us-east-1';
let moto: Emulator;
/** Where the files are that commands of policies name. */
let folder: string;

beforeAll(async () => {
  moto = await startMoto();
  folder = await mkdtemp(join(tmpdir(), 'aws-encryption-fixes-'));
});
afterAll(async () => {
  await moto.close();
  await rm(folder, { recursive: true });
});

async function run(command: string) {
  // Each time anew: a command that reads a policy into its file reads none here.
  for (const name of ['key-policy', 'bucket-policy', 'resource-policy'])
    await writeFile(join(folder, `${name}.json`), '{}');
  const { accessKeyId, secretAccessKey } = moto.credentials;
  const env = {
    ...(await clientsEnvironment()),
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_ENDPOINT_URL: moto.url,
    AWS_MAX_ATTEMPTS: '1',
    // What steps name without knowing it.
    OBJECT: 'object',
    KEY_ARN: `arn:aws:kms:${region}:${moto.managementAccountId}:key/new`,
  };
  return runAsWritten(command, env, folder);
}

interface Found {
  readonly check: string;
  readonly resource: string | null;
  readonly commands: readonly string[];
}

/** Violations whose fix has commands. */
async function violations(connectionString: string): Promise<readonly Found[]> {
  const { stdout } = await runVerb(['check', '--connection', connectionString, '--format=json']);
  const checks: { id: string; findings: { status: string; resource: string | null; fix?: unknown }[] }[] =
    JSON.parse(stdout).checks;
  return checks.flatMap(({ id, findings }) =>
    findings.flatMap(({ status, resource, fix }) => {
      const entries = (Array.isArray(fix) ? fix : []).flatMap((value) => fixEntry(value) ?? []);
      const commands = entries.flatMap(({ steps }) =>
        steps.flatMap(({ command }) => command?.split('\n') ?? []),
      );
      return status !== 'violation' || commands.length === 0 ? [] : [{ check: id, resource, commands }];
    }),
  );
}

describe('what moto has', () => {
  const ending = [
    'ebs-encryption-by-default-off',
    'grant-beyond-policy',
    'key-disabled-in-use',
    'key-pending-deletion-in-use',
    'rotation-off',
  ];
  let pipeline: Pipeline;
  beforeAll(async () => {
    pipeline = await pipelineTo(moto);
    const { kms } = clientsOf(moto, region);
    await kms.send(new DisableKeyCommand({ KeyId: await keyOfBucket(kms, 'off') }));
    const KeyId = await keyOfBucket(kms, 'going');
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    const GranteePrincipal = 'arn:aws:iam::999988887777:role/app';
    await kms.send(
      new CreateGrantCommand({ KeyId: await makeKey(kms), GranteePrincipal, Operations: ['Decrypt'] }),
    );
  });
  afterAll(() => pipeline.close());

  const makeKey = async (kms: KMSClient): Promise<string> =>
    (await kms.send(new CreateKeyCommand({}))).KeyMetadata?.KeyId ?? '';

  async function keyOfBucket(kms: KMSClient, Bucket: string): Promise<string> {
    const key = await makeKey(kms);
    const s3 = new S3Client({
      endpoint: moto.url,
      region,
      credentials: moto.credentials,
      forcePathStyle: true,
    });
    await s3.send(new CreateBucketCommand({ Bucket }));
    const byDefault = {
      ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key },
    };
    await s3.send(
      new PutBucketEncryptionCommand({
        Bucket,
        ServerSideEncryptionConfiguration: { Rules: [byDefault as never] },
      }),
    );
    return key;
  }

  async function look(): Promise<readonly Found[]> {
    const spec = { regions: [region], resource_services: ['ebs'], max_retries: 1, max_backoff: 0 };
    expect(await pipeline.sync({ spec })).toMatchObject({ code: 0 });
    expect(await views(['--connection', pipeline.connectionString])).toBe(0);
    return (await violations(pipeline.connectionString)).filter(({ check }) => ending.includes(check));
  }

  test('is found no more once the commands were run', async () => {
    const found = await look();
    expect([...new Set(found.map(({ check }) => check))].toSorted()).toEqual(ending);
    // moto finds keys that it changes by their id alone.
    for (const command of new Set(found.flatMap(({ commands }) => commands)))
      expect({ command, ...(await run(command.replace(/arn:aws:kms:[^ ]*:key\//, ''))) }).toMatchObject({
        code: 0,
        stderr: '',
      });
    // Keys that are enabled again do not rotate, which their second look finds.
    const left = await look();
    expect(left.map(({ check }) => check)).toEqual(['rotation-off', 'rotation-off']);
  });
});

test('no command of the demo, nor for a key store, is refused by the command line itself', async () => {
  const world = await startDemoWorld();
  try {
    const spec = { org: { member_role_name: 'OrganizationAccountAccessRole' }, include_iam: true };
    expect((await sync(organizationSync(world, world.connectionString, spec))).code).toBe(0);
    expect(await views(['--connection', world.connectionString])).toBe(0);
    const [store] = await world.query(
      `SELECT aws_encryption.fix_of_key_store('us-east-1', 'cks-0123456789abcdef0', 'DISCONNECTED', NULL) AS fix`,
    );
    const ofStore =
      fixEntry((store?.fix as unknown[] | undefined)?.[0])?.steps.flatMap(({ command }) => command ?? []) ??
      [];
    const found = await violations(world.connectionString);
    const commands = [...ofStore, ...found.flatMap((each) => each.commands)];
    const sorts = new Map(commands.map((command) => [sortOf(command), command]));
    expect([...sorts.keys()]).toEqual(
      expect.arrayContaining(['kms connect-custom-key-store', 'kms enable-key']),
    );
    for (const command of sorts.values()) {
      const ended = await run(command);
      expect({ command, ...ended }).toMatchObject({ stderr: expect.not.stringMatching(refused) });
    }
  } finally {
    await world.close();
  }
});

/** How AWS's command line says that it did not understand; errors of AWS are others. */
const refused =
  /usage:|Unknown options|Invalid choice|ParamValidation|Parameter validation failed|Error parsing/i;

/** Service and operation. */
const sortOf = (command: string): string => command.split(' ').slice(1, 3).join(' ');
