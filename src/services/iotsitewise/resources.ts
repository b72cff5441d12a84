import { restJson } from '../../aws/json-protocols.ts';
import { accountSetting } from '../account-setting.ts';
import { siteWiseEncryption, siteWiseRules } from './rules.ts';

/** What manages its resources is asked at `api.` of the service's own address ("hostPrefix", botocore 1.43.106). */
export const siteWiseEndpoint = { prefix: 'api.iotsitewise', serviceId: 'IoTSiteWise' };

export const siteWise = accountSetting({
  rules: siteWiseRules,
  endpoint: siteWiseEndpoint,
  protocol: restJson,
  resourceType: 'encryption_setting',
  operation: 'iotsitewise:DescribeDefaultEncryptionConfiguration',
  input: { path: ['configuration', 'account', 'encryption'] },
  encryption: (answer) =>
    siteWiseEncryption(
      answer.requiredText('encryptionType'),
      answer.text('kmsKeyArn') || null,
      answer.requiredObject('configurationStatus').text('state') === 'ACTIVE',
    ),
});
