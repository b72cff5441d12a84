import { restJson } from '../../aws/json-protocols.ts';
import { accountSetting } from '../account-setting.ts';
import { iotEncryption, iotRules } from './rules.ts';

export const iotEndpoint = { prefix: 'iot', serviceId: 'IoT' };

export const iot = accountSetting({
  rules: iotRules,
  endpoint: iotEndpoint,
  protocol: restJson,
  resourceType: 'encryption_setting',
  operation: 'iot:DescribeEncryptionConfiguration',
  input: { path: ['encryption-configuration'] },
  encryption: (answer) => iotEncryption(answer.text('encryptionType'), answer.text('kmsKeyArn') || null),
});
