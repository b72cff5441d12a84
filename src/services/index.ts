import * as every from './every-service.ts';
import type { ResourceService } from './service.ts';

/** The services whose resources are read, sort by sort. */
export const resourceServices: readonly ResourceService[] = Object.values(every);
