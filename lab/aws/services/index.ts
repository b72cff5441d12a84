import type { Service } from '../service.ts';
import * as every from './every.ts';

const { sts, ...others } = every;

/** Every service that the simulator speaks; STS first, which takes what nobody signed. */
export const services: readonly Service[] = [sts, ...Object.values<Service>(others)];
