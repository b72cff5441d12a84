import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { newOrganization } from '../../lab/aws/build.ts';
import { defaultCredentials } from '../../src/aws/settings.ts';
import { simulate } from './simulated.ts';

afterEach(() => vi.unstubAllEnvs());

test('an error does not repeat the command line of a credential_process that fails', async () => {
  await using simulated = await simulate(newOrganization());
  const folder = mkdtempSync(join(tmpdir(), 'aws-config-'));
  const file = join(folder, 'config');
  writeFileSync(file, '[profile vault]\ncredential_process = false --pin 7391\n');
  vi.stubEnv('AWS_CONFIG_FILE', file);
  const session = await simulated.aws.session({ ...defaultCredentials, localProfile: 'vault' });
  const error: unknown = await session.identity().catch((thrown) => thrown);
  rmSync(folder, { recursive: true });
  expect(error).toMatchObject({
    reason: 'credentials_unusable',
    detail: "the profile's credential_process failed",
  });
  expect(String(error)).not.toContain('7391');
});
