import { testEveryFault } from './every-fault.ts';

await testEveryFault((service) => !['kms', 'organizations', 'sts', 'account'].includes(service));
