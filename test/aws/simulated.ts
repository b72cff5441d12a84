import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { baseCredentials } from '../../lab/aws/credentials.ts';
import type { SimOrganization } from '../../lab/aws/model.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../lab/aws/server.ts';
import { type Aws, type AwsSurroundings, connectAws } from '../../src/aws/aws.ts';
import { type AwsSettings, type CredentialSource, defaultCredentials } from '../../src/aws/settings.ts';
import { publishedQuotas } from '../../src/services/quotas.ts';

/** A simulated AWS, the AWS layer that talks to it over HTTP, and credentials of its accounts. */
export interface Simulated {
  readonly simulator: Simulator;
  readonly aws: Aws;
  /** Stops the sync. */
  readonly abort: () => void;
  /** The long-term credentials of an account's own user, by a profile. */
  as(accountId: string): CredentialSource;
  [Symbol.asyncDispose](): Promise<void>;
}

/** No waiting between tries, no pacing: tests of those bring a clock of their own. */
export const quickSettings: Omit<AwsSettings, 'customEndpoint'> = {
  concurrency: 50,
  maxRetries: 3,
  maxBackoff: 0.001,
  quotas: publishedQuotas,
  quotaShare: 1,
  requestsPerSecond: {
    'organizations:ListRoots': 1000,
    'organizations:ListAccounts': 1000,
    'organizations:ListAccountsForParent': 1000,
    'organizations:ListOrganizationalUnitsForParent': 1000,
    'organizations:DescribeOrganization': 1000,
    'organizations:ListDelegatedAdministrators': 1000,
    'organizations:ListPolicies': 1000,
    'organizations:DescribePolicy': 1000,
    'organizations:ListTargetsForPolicy': 1000,
    'organizations:ListTagsForResource': 1000,
  },
  regionHint: null,
};

export async function simulate(
  organization: SimOrganization,
  options: SimulatorOptions = {},
  settings: Partial<AwsSettings> = {},
  surroundings: Partial<AwsSurroundings> = {},
): Promise<Simulated> {
  const simulator = await startSimulator(organization, options);
  const folder = mkdtempSync(join(tmpdir(), 'aws-profiles-'));
  useProfiles(join(folder, 'credentials'), organization);
  const controller = new AbortController();
  const customEndpoint = {
    url: simulator.url,
    partitionId: null,
    signingRegion: null,
    hostnameImmutable: true,
  };
  const aws = connectAws(
    { ...quickSettings, customEndpoint, ...settings },
    { signal: controller.signal, ...surroundings },
  );
  return {
    simulator,
    aws,
    abort: () => controller.abort(),
    as: (accountId) => ({ ...defaultCredentials, localProfile: accountId }),
    async [Symbol.asyncDispose]() {
      controller.abort();
      await simulator.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** One profile for each account, and the management account's credentials as the default. */
function useProfiles(file: string, organization: SimOrganization): void {
  const profile = (name: string, accountId: string) => {
    const { accessKeyId, secretAccessKey } = baseCredentials(accountId);
    return `[${name}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
  };
  const accounts = [...organization.accounts.keys()].map((id) => profile(id, id));
  writeFileSync(file, [profile('default', organization.managementAccountId), ...accounts].join('\n'));
  for (const name of [
    'AWS_PROFILE',
    'AWS_ACCESS_KEY_ID',
    'AWS_SESSION_TOKEN',
    'AWS_REGION',
    'AWS_DEFAULT_REGION',
  ]) {
    delete process.env[name];
  }
  process.env.AWS_SHARED_CREDENTIALS_FILE = file;
  process.env.AWS_CONFIG_FILE = `${file}-none`;
}
