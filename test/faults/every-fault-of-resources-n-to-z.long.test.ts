import { testEveryFault } from './every-fault.ts';

/* The others are in every-fault-of-resources-a-to-m.long.test.ts. */

await testEveryFault((service) => service >= 'n' && !['organizations', 'sts'].includes(service));
