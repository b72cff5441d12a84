import type { Caller, Membership } from '../../lab/aws/iam/request.ts';
import { region } from './world.ts';

type ServiceCaller = Extract<Caller, { kind: 'service' }>;

/** The services that policies and grants of the mix name, and one that none does. */
export const services = [
  'sns.amazonaws.com',
  'delivery.logs.amazonaws.com',
  'cloudfront.amazonaws.com',
] as const;
export const otherService = 'other.amazonaws.com';

/** A service that calls as itself for a resource of an account. */
export const callsFor = (name: string, account: string, membership: Membership): readonly ServiceCaller[] =>
  [`arn:aws:sns:${region}:${account}:topic`, `arn:aws:cloudfront::${account}:distribution/x`].map((arn) => ({
    kind: 'service',
    name,
    source: { account, arn, membership },
  }));
