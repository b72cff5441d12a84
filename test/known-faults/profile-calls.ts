import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newOrganization } from '../../lab/aws/build.ts';
import { baseCredentials } from '../../lab/aws/credentials.ts';
import { addBucket } from '../../lab/aws/organizations/buckets.ts';
import type { Aws } from '../../src/aws/aws.ts';
import { createDispatcher } from '../../src/aws/dispatcher.ts';
import { AwsError } from '../../src/aws/error.ts';
import { collect } from '../../src/aws/paging.ts';
import type { AwsSettings, CredentialSource } from '../../src/aws/settings.ts';
import { listRegions } from '../../src/services/account/calls.ts';
import { describeRegions } from '../../src/services/ec2/describe-regions.ts';
import { resourceServices } from '../../src/services/index.ts';
import { kmsReads } from '../../src/services/kms/calls.ts';
import { organizationsCalls } from '../../src/services/organizations/calls.ts';
import { accountPublicAccessBlock } from '../../src/services/s3/account-block.ts';
import { bucketReads } from '../../src/services/s3/calls.ts';
import { listBuckets } from '../../src/services/s3/list-buckets.ts';
import { type Simulated, simulate } from '../aws/simulated.ts';

const accountId = '100000000001';
const region = 'us-east-1';
const bucket = 'lake';

/** A simulated AWS that is reached only by who names its address; the hosts of the real one are behind a closed proxy. */
export interface ProfiledAws {
  readonly simulated: Simulated;
  /** Hosts of the real AWS that were asked, each once, in alphabetical order. */
  readonly hosts: () => readonly string[];
  /** The text of the AWS configuration file. */
  readonly configure: (config: string) => void;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function profiledAws(settings: Partial<AwsSettings> = {}): Promise<ProfiledAws> {
  const asked = new Set<string>();
  const proxy = createServer().on('connect', ({ url }, socket) => {
    asked.add(String(url).replace(/:443$/, ''));
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as AddressInfo;
  const dispatcher = createDispatcher({ HTTPS_PROXY: `http://127.0.0.1:${port}` });
  const organization = newOrganization({ managementAccountId: accountId });
  const account = organization.accounts.get(accountId);
  if (account) addBucket(account, { name: bucket, region });
  const given = { customEndpoint: null, maxRetries: 0, ...settings };
  const simulated = await simulate(organization, {}, given, { dispatcher });
  return {
    simulated,
    hosts: () => [...asked].toSorted(),
    configure: (config) => writeFileSync(String(process.env.AWS_CONFIG_FILE), config),
    async [Symbol.asyncDispose]() {
      await simulated[Symbol.asyncDispose]();
      await dispatcher.close();
      proxy.close();
    },
  };
}

/** The credentials of the account, in a profile with some settings. */
export function profile(name: string, settings: string): string {
  const { accessKeyId, secretAccessKey } = baseCredentials(accountId);
  return `[profile ${name}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\nregion = ${region}\n${settings}\n`;
}

/** Every service that is read, asked once. The codes of the calls that failed, by service. */
export async function callAll(aws: Aws, source: CredentialSource): Promise<ReadonlyMap<string, string>> {
  const session = await aws.session(source);
  const access = aws.open(session, accountId, region);
  const scope = { accountId, accountName: null, region, partition: 'aws' };
  const calls = new Map<string, () => Promise<unknown>>([
    ['sts', () => session.identity()],
    ['kms', () => collect(kmsReads(access).listKeys())],
    ['account', () => listRegions(access)],
    ['ec2', () => describeRegions(access, 'enabled')],
    ['organizations', () => organizationsCalls(access).listAccounts()],
    ['s3', () => collect(listBuckets(access))],
    ['s3 bucket', () => bucketReads(access, bucket).policy()],
    ['s3 control', () => accountPublicAccessBlock(access, accountId)],
    ...resourceServices.map(
      (service, nth) =>
        [`${service.rules.service} ${nth}`, () => collect(service.list(access, scope, 'all'))] as const,
    ),
  ]);
  const failed = new Map<string, string>();
  for (const [service, call] of calls) {
    try {
      await call();
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      failed.set(service, error.code);
    }
  }
  return failed;
}
