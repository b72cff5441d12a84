import { connectAws } from '../aws/aws.ts';
import { AwsError } from '../aws/error.ts';
import { walkOrganization } from '../organization/walk.ts';
import { publishedQuotas } from '../services/quotas.ts';
import type { Settings } from '../spec/settings.ts';
import { walkNeeds } from './walk-needs.ts';

/** What `cloudquery test-connection` shows. */
export interface ConnectionTest {
  readonly success: boolean;
  /** One of the reasons of coverage, in capitals: `ACCESS_DENIED`, `CREDENTIALS_UNUSABLE`, … */
  readonly failureCode?: string;
  /** One sentence. */
  readonly failureDescription?: string;
}

/** Whether a sync could begin: the credentials work, and they list the organization or reach an account. */
export async function testConnection(settings: Settings): Promise<ConnectionTest> {
  const stopped = new AbortController();
  try {
    const aws = connectAws({ ...settings.aws, quotas: publishedQuotas }, { signal: stopped.signal });
    const { plans, problems } = await walkOrganization({ ...settings.organization, ...walkNeeds([]) }, aws);
    const [problem] = problems;
    return problem !== undefined && plans.length === 0 ? failure(problem.error) : { success: true };
  } catch (error) {
    if (error instanceof AwsError) return failure(error);
    throw error;
  } finally {
    stopped.abort();
  }
}

function failure({ reason, message }: AwsError): ConnectionTest {
  return { success: false, failureCode: reason.toUpperCase(), failureDescription: message };
}
