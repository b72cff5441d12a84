import type { Settings } from '../spec/settings.ts';

/** What the walk needs of the spec, and for the tables. */
export type WalkSettings = Settings['organization'] & WalkNeeds;

/** What is read of an organization beside its accounts. */
export interface WalkNeeds {
  /**
   * Read each account's organizational units even when no filter needs them. Where AWS does not answer them with
   * the accounts this takes two calls for each unit.
   */
  readonly needsOrganizationalUnits: boolean;
  /** Read which types of organization policies are enabled. */
  readonly needsPolicyTypes: boolean;
  /** Read who is a delegated administrator. */
  readonly needsDelegatedAdministrators: boolean;
}
