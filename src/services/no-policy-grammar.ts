import { noOwnKeys, type ServiceGrammar } from '../posture/policy/grammar.ts';

/** For resources that no policy shares: lists of accounts do, or nothing. */
export const noPolicyGrammar = (service: string): ServiceGrammar => ({
  service,
  actions: {},
  ...noOwnKeys,
  anonymous: false,
});
