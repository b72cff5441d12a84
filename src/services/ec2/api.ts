import { ec2Query } from '../../aws/query-protocols.ts';

/** Amazon EC2, by whose API EBS is asked as well. */
export const ec2Api = {
  signingName: 'ec2',
  endpoint: { prefix: 'ec2', serviceId: 'EC2', fipsAnyway: ['aws-us-gov'] },
  protocol: ec2Query('2016-11-15'),
};
