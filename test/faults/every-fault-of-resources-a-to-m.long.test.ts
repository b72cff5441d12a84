import { testEveryFault } from './every-fault.ts';

/* By the first letter of their services, so that two processes share them. */

await testEveryFault((service) => service < 'n' && !['kms', 'account'].includes(service));
