/** The functions that switched texts call, by the names that Stryker's instrumenter gives them. */
export const switches = {
  /** `(id) => boolean`: whether this mutant is the active one. */
  isActive: 'stryMutAct_9fa48',
  /** `(...ids) => true`: these mutants were reached. */
  cover: 'stryCov_9fa48',
} as const;
