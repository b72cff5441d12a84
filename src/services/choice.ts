import { services, sorts } from './catalogue.ts';

/** In place of names: every service. */
export const everyService = '*';

/** The services whose resources are read where the spec does not choose. */
export const servicesByDefault: readonly string[] = services.filter((name) =>
  sorts.some(({ service, byDefault }) => service === name && byDefault),
);

/** The services of a choice, in the order of the catalogue. @param names or `*` alone */
export const servicesIn = (names: readonly string[]): readonly string[] =>
  names.includes(everyService) ? services : services.filter((name) => names.includes(name));

/** A choice as the verb `permissions` takes it, after a space; empty: the one by default. */
export function permissionsFlag(chosen: readonly string[]): string {
  const isChoice = (other: readonly string[]) => String(servicesIn(chosen)) === String(other);
  if (isChoice(servicesByDefault)) return '';
  return ` --services ${isChoice(services) ? `"${everyService}"` : chosen.join(',')}`;
}

/** What a choice of services leaves out. */
export interface ServicesLeftOut {
  /** All of them, sorted. */
  readonly names: readonly string[];
  /** Those of them that are read where the spec does not choose. */
  readonly namesByDefault: readonly string[];
}

export function leftOutOf(chosen: readonly string[], byDefault = servicesByDefault): ServicesLeftOut {
  const names = services.filter((name) => !chosen.includes(name)).sort();
  return { names, namesByDefault: names.filter((name) => byDefault.includes(name)) };
}
