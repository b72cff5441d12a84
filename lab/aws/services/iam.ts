import { queryWire } from '../protocol/query.ts';
import type { Service } from '../service.ts';
import { getAccountAuthorizationDetails } from './iam/authorization-details.ts';

/** AWS Identity and Access Management: what is in an account. AWS publishes no quota of its calls: from experience. */
export const iam: Service = {
  name: 'iam',
  wire: queryWire('https://iam.amazonaws.com/doc/2010-05-08/'),
  isGlobal: true,
  callsPerSecond: { GetAccountAuthorizationDetails: 10 },
  operations: {
    GetAccountAuthorizationDetails: {
      paging: { size: 'MaxItems', token: 'Marker', more: 'IsTruncated' },
      run: getAccountAuthorizationDetails,
    },
  },
};
