import { restJson } from '../../aws/json-protocols.ts';
import { accountSetting } from '../account-setting.ts';
import { traceEncryption, xRayRules } from './rules.ts';

export const xRayEndpoint = { prefix: 'xray', serviceId: 'XRay' };

export const xRay = accountSetting({
  rules: xRayRules,
  endpoint: xRayEndpoint,
  protocol: restJson,
  resourceType: 'encryption_setting',
  operation: 'xray:GetEncryptionConfig',
  input: { path: ['EncryptionConfig'], body: {} },
  encryption(answer) {
    const config = answer.requiredObject('EncryptionConfig');
    return traceEncryption(
      config.text('Type'),
      config.text('KeyId') || null,
      config.text('Status') === 'ACTIVE',
    );
  },
});
