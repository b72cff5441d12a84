import type { ResourceService } from './service.ts';
import { sns } from './sns.ts';
import { sqs } from './sqs.ts';

/** The services whose resources are read. A new one is a file and a line here. */
export const resourceServices: readonly ResourceService[] = [sqs, sns];
