/** The demo's cast. `data` and `compute` play the article's scenario. */
export const demoAccounts = {
  management: '111111111111',
  data: '123412341234',
  compute: '210987654321',
  security: '333333333333',
  /** Its member role trusts nobody: the sync is locked out. */
  legacy: '444444444444',
  suspended: '555555555555',
  closed: '666666666666',
  /** Outside the organization, in policies and grants only. */
  auditor: '999988887777',
  vendor: '777766665555',
} as const;
