import * as z from 'zod/mini';
import { services } from '../services/catalogue.ts';
import { everyService } from '../services/choice.ts';
import { list } from './field.ts';
import { nearest } from './nearest.ts';

const serviceName = z.enum([everyService, ...services], {
  error: ({ input }) =>
    `a service whose resources are read, or "${everyService}" alone for all of them; ${hintFor(input)}`,
});

/** What was meant, or what there is to choose from. */
export function hintFor(written: unknown): string {
  const near = typeof written === 'string' ? nearest(written, services) : null;
  if (near !== null) return `did you mean \`${near}\`?`;
  return `the services are ${services.map((name) => `\`${name}\``).join(', ')}`;
}

/** Names of services, or `*` alone. */
export const serviceNames = list(serviceName, 'a list of services').check(
  z.refine((names) => !names.includes(everyService) || names.length === 1, {
    error: `either names of services or "${everyService}" alone`,
  }),
);

/** The same for JSON Schema. */
export const notEveryServiceWithOthers = {
  not: { type: 'array', contains: { const: everyService }, minItems: 2 },
};
