import { restJsonWire } from '../protocol/rest-json.ts';
import { ResourceKind } from '../resource-kind.ts';
import type { Service } from '../service.ts';

interface SimSetting {
  /** There is one in a region. */
  name: 'encryption';
  type: string;
  key?: string;
  status: string;
}

const nothingSet: SimSetting = { name: 'encryption', type: 'NONE', status: 'ACTIVE' };

/** What is set of X-Ray in a region. */
export const traceSettings = new ResourceKind<SimSetting>({
  arn: 'xray:*',
  namedBy: ['Name'],
  complete: (given) => ({ ...nothingSet, type: given.key === undefined ? 'NONE' : 'KMS', ...given }),
  missing: () => [400, 'InvalidRequestException', 'no such setting'],
});

/** AWS X-Ray: how it encrypts, not its traces. */
export const xRay: Service = {
  name: 'xray',
  wire: restJsonWire({ GetEncryptionConfig: 'POST /EncryptionConfig' }),
  failures: { throttled: [429, 'ThrottledException', 'Rate exceeded'] },
  operations: {
    GetEncryptionConfig: {
      run({ account, region }) {
        const { type, key, status } = traceSettings.in(account, region).get('encryption') ?? nothingSet;
        return { EncryptionConfig: { KeyId: key, Status: status, Type: type } };
      },
    },
  },
};
