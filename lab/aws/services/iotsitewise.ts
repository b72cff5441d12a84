import { restJsonWire } from '../protocol/rest-json.ts';
import { ResourceKind } from '../resource-kind.ts';
import type { Service } from '../service.ts';

interface SimSetting {
  /** There is one in a region. */
  name: 'encryption';
  type: string;
  key?: string;
  state: string;
}

const nothingSet: SimSetting = { name: 'encryption', type: 'SITEWISE_DEFAULT_ENCRYPTION', state: 'ACTIVE' };

/** What is set of IoT SiteWise in a region. */
export const siteWiseSettings = new ResourceKind<SimSetting>({
  arn: 'iotsitewise:*',
  namedBy: ['Name'],
  complete: (given) => ({ ...nothingSet, ...(given.key && { type: 'KMS_BASED_ENCRYPTION' }), ...given }),
  missing: () => [404, 'ResourceNotFoundException', 'no such setting'],
});

/** AWS IoT SiteWise: how it encrypts, not its assets. */
export const siteWise: Service = {
  name: 'iotsitewise',
  wire: restJsonWire({ DescribeDefaultEncryptionConfiguration: 'GET /configuration/account/encryption' }),
  failures: { throttled: [429, 'ThrottlingException', 'Rate exceeded'] },
  operations: {
    DescribeDefaultEncryptionConfiguration: {
      run({ account, region }) {
        const { type, key, state } = siteWiseSettings.in(account, region).get('encryption') ?? nothingSet;
        return { encryptionType: type, kmsKeyArn: key, configurationStatus: { state } };
      },
    },
  },
};
