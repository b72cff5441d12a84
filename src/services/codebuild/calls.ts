import { apiCalls } from '../../aws/api-calls.ts';
import { AwsError } from '../../aws/error.ts';
import { awsJson } from '../../aws/json-protocols.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';

export interface Project {
  readonly arn: string;
  /** As it was written: an ARN of a key or an alias, or an alias; null: none. */
  readonly key: string | null;
  /** Whether its output is put out without that key. */
  readonly isOff: boolean;
}

/** CodeBuild as seen from one scope; never a build. Rejects with AwsError only. */
export interface CodeBuildReads {
  /** Pages of at most a hundred names. */
  projectNames(): AsyncIterable<readonly string[]>;
  /** By name, of at most a hundred; those that are gone are not among them. */
  projects(names: readonly string[]): Promise<ReadonlyMap<string, Project>>;
  /** The JSON text of a project's policy; null: it has none. */
  policy(arn: string): Promise<string | null>;
}

export const codeBuildApi = {
  signingName: 'codebuild',
  endpoint: { prefix: 'codebuild', serviceId: 'CodeBuild' },
  protocol: awsJson('1.1', 'CodeBuild_20161006'),
};

export function codeBuildReads(access: ScopeAccess): CodeBuildReads {
  const { call, find, list } = apiCalls(access, codeBuildApi);
  return {
    projectNames: () =>
      list(
        'codebuild:ListProjects',
        (name) => name,
        // A hundred in each page, which nobody can change (API reference, 2026-11-29).
        (nextToken) => ({ nextToken }),
        (answer) => ({ items: answer.requiredTexts('projects'), next: answer.text('nextToken') }),
      ),

    projects: (names) =>
      call('codebuild:BatchGetProjects', { names }, (answer, site) => {
        const gone = new Set(answer.texts('projectsNotFound'));
        const found = new Map<string, Project>();
        for (const project of answer.requiredObjects('projects')) {
          found.set(project.requiredText('name'), {
            arn: project.requiredText('arn'),
            key: project.text('encryptionKey') || null,
            isOff: project.object('artifacts')?.boolean('encryptionDisabled') === true,
          });
        }
        const lost = names.find((name) => !found.has(name) && !gone.has(name));
        if (lost === undefined) return found;
        throw new AwsError('malformed_answer', 'incomplete_answer', site, `the answer has no ${lost}`);
      }),

    policy: (resourceArn) =>
      find('codebuild:GetResourcePolicy', 'ResourceNotFoundException', { resourceArn }, (answer) =>
        answer.requiredText('policy'),
      ),
  };
}
