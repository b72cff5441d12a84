import { join } from 'node:path';
import { checkout } from './checkout.ts';
import type { SyncOptions } from './sync.ts';

/** The plugin as a user gets it: `npm run build` makes it. */
export const pluginPath = join(checkout, 'dist/main.js');

/** The two plugins of a sync. */
export interface Programs {
  readonly plugin: string;
  readonly destination: string;
}

/** The checkout's own; the destination is the demo's, which has its packages in it and so starts twice as quick. */
export const built: Programs = {
  plugin: pluginPath,
  destination: join(checkout, 'dist/demo/destination.js'),
};

/** What stands for AWS, and the environment of who reads it. */
export interface Surroundings {
  /** `custom_endpoint_url` */
  readonly url: string;
  readonly env: Readonly<Record<string, string>>;
}

export const wholeOrganization = { org: { member_role_name: 'OrganizationAccountAccessRole' } };

/** A sync of what stands for AWS into the database, as the root's spec.yml does it with the real ones. */
export function organizationSync(
  { url, env }: Surroundings,
  connectionString: string,
  spec: Readonly<Record<string, unknown>> = wholeOrganization,
  { plugin, destination }: Programs = built,
): SyncOptions {
  return {
    source: {
      name: 'aws-encryption',
      path: plugin,
      tables: ['aws_encryption_*'],
      spec: { ...spec, custom_endpoint_url: url, custom_endpoint_hostname_immutable: true },
    },
    destinations: [{ name: 'postgresql', path: destination, spec: { connection_string: connectionString } }],
    env,
  };
}
