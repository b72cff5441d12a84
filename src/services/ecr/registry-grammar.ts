import { type ActionRule, across, noEffect, type ServiceGrammar } from '../../posture/policy/grammar.ts';
import { ANY_TEXT } from '../../posture/policy/pattern.ts';
import { ecrGrammar } from './grammar.ts';

/** What the registry is about itself: no repository can be named for it. */
const ofRegistry: Readonly<Record<string, ActionRule>> = Object.fromEntries(
  Object.entries(ecrGrammar.actions)
    .filter(([, { access }]) => access === null)
    .map(([name]) => [name, across(/^(?:Describe|Get|List)/.test(name) ? 'read_metadata' : 'administer')]),
);

const ofRepositories: Readonly<Record<string, ActionRule>> = Object.fromEntries(
  Object.entries(ecrGrammar.actions)
    .filter(([, { access }]) => access !== null)
    .map(([name, rule]) => [name, { ...rule, on: 'contents' }]),
);

/**
 * ECR in the policy of a registry: "Amazon ECR allows all ECR actions in the policy and enforces the registry policy
 * in all ECR requests", on repositories that the statement names by their ARNs (ECR user guide, "Private registry
 * permissions" and its examples, read 2026-11-29). What is told apart there as version 1 honours three actions only;
 * which of the two a registry has, is not asked: all are counted.
 */
export const ecrRegistryGrammar: ServiceGrammar = {
  ...ecrGrammar,
  actions: {
    ...ofRegistry,
    ...ofRepositories,
    CreateRepository: { access: 'administer', acrossAccounts: true, on: 'contents' },
    // A token is of the caller's own account.
    GetAuthorizationToken: noEffect,
  },
  contents: (arn) => [`${arn.replace(/:registry$/, ':repository')}/${ANY_TEXT}`],
};
