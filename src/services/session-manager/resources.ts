import { known } from '../../aws/fact.ts';
import type { ResourceService } from '../service.ts';
import { notShareable } from '../sharing.ts';
import { keyOfSessions, preferencesDocument } from './calls.ts';
import { sessionEncryption, sessionManagerRules } from './rules.ts';

export const sessionManager: ResourceService = {
  rules: sessionManagerRules,

  async *list(access, scope) {
    const key = await keyOfSessions(access);
    // Sessions are under TLS in any case: without a key there is nothing to tell.
    if (key === null) return;
    const place = `arn:${scope.partition}:ssm:${scope.region}:${scope.accountId}`;
    const facts = {
      scope,
      resourceType: 'session_preferences',
      arn: `${place}:document/${preferencesDocument}`,
      encryption: known(sessionEncryption(key)),
      sharing: notShareable,
    };
    yield [async () => facts];
  },
};
