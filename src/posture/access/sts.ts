import { across, actionTable, noEffect, noOwnKeys, type ServiceGrammar, tlsOnly } from '../policy/grammar.ts';

/** STS in trust policies of roles: who may become one (STS API reference, read 2026-11-29). */
export const sts: ServiceGrammar = {
  service: 'sts',
  actions: actionTable(
    [across('use'), 'AssumeRole'],
    // Of sessions that no user or role of IAM asks for, and what a session may bring along.
    [
      noEffect,
      'AssumeRoleWithSAML AssumeRoleWithWebIdentity AssumeRoot SetContext SetSourceIdentity TagSession',
    ],
    // Without a role.
    [
      noEffect,
      `DecodeAuthorizationMessage GetAccessKeyInfo GetCallerIdentity GetDelegatedAccessToken GetFederationToken
       GetServiceBearerToken GetSessionToken GetWebIdentityToken`,
    ],
  ),
  ...noOwnKeys,
  requestKeys: tlsOnly,
  anonymous: false,
};
