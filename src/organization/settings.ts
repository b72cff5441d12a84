import type { Spec } from '../spec/spec.ts';

/** What the walk needs of the spec. */
export interface WalkSettings extends Pick<Spec, 'regions' | 'accounts' | 'org'> {
  /**
   * Read each account's organizational units even when no filter needs them. Where AWS does not answer them with
   * the accounts this takes two calls for each unit.
   */
  readonly needsOrganizationalUnits: boolean;
  /** Read which organization policies are enabled and who is a delegated administrator. */
  readonly needsDetails: boolean;
}
