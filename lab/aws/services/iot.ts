import { restJsonWire } from '../protocol/rest-json.ts';
import { ResourceKind } from '../resource-kind.ts';
import type { Service } from '../service.ts';

interface SimSetting {
  /** There is one in a region. */
  name: 'encryption';
  type: string;
  key?: string;
}

const nothingSet: SimSetting = { name: 'encryption', type: 'AWS_OWNED_KMS_KEY' };

/** What is set of IoT Core in a region. */
export const iotSettings = new ResourceKind<SimSetting>({
  arn: 'iot:*',
  namedBy: ['Name'],
  complete: (given) => ({ ...nothingSet, ...(given.key && { type: 'CUSTOMER_MANAGED_KMS_KEY' }), ...given }),
  missing: () => [404, 'ResourceNotFoundException', 'no such setting'],
});

/** AWS IoT Core: how it encrypts, not its things. */
export const iot: Service = {
  name: 'iot',
  wire: restJsonWire({ DescribeEncryptionConfiguration: 'GET /encryption-configuration' }),
  failures: { throttled: [400, 'ThrottlingException', 'Rate exceeded'] },
  operations: {
    DescribeEncryptionConfiguration: {
      run({ account, region }) {
        const { type, key } = iotSettings.in(account, region).get('encryption') ?? nothingSet;
        const answer = { encryptionType: type, lastModifiedDate: 1_764_500_000 };
        if (key === undefined) return answer;
        return {
          ...answer,
          kmsKeyArn: key,
          kmsAccessRoleArn: `arn:aws:iam::${account.id}:role/iot-keys`,
          configurationDetails: { configurationStatus: 'HEALTHY' },
        };
      },
    },
  },
};
