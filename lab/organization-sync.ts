import { join } from 'node:path';
import { baseCredentials } from './aws/credentials.ts';
import type { Simulator } from './aws/server.ts';
import { checkout } from './checkout.ts';
import type { Postgres } from './postgres.ts';
import type { SyncOptions } from './sync.ts';

/** The built plugin and destination: `npm run build` makes them. */
export const pluginPath = join(checkout, 'dist/main.js');
export const destinationPath = join(checkout, 'build/destination.js');

/** The management account's credentials, as a user would have them in the environment. */
export function managementCredentials({ organization }: Simulator): Record<string, string> {
  const { accessKeyId, secretAccessKey } = baseCredentials(organization.managementAccountId);
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

/** A sync of the whole simulated organization into the database, as the root's spec.yml does it with the real ones. */
export function organizationSync(aws: Simulator, postgres: Postgres): SyncOptions {
  return {
    source: {
      name: 'aws-encryption',
      path: pluginPath,
      tables: ['aws_encryption_*'],
      spec: {
        org: { member_role_name: 'OrganizationAccountAccessRole' },
        custom_endpoint_url: aws.url,
        custom_endpoint_hostname_immutable: true,
      },
    },
    destinations: [
      { name: 'postgresql', path: destinationPath, spec: { connection_string: postgres.connectionString } },
    ],
    env: managementCredentials(aws),
  };
}
