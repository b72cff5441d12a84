import { jsonWire } from '../protocol/json.ts';
import { refuse } from '../protocol/wire.ts';
import { ResourceKind, type Shared } from '../resource-kind.ts';
import type { Service } from '../service.ts';

interface Project extends Shared {
  name: string;
  encryptionKey?: string;
  encryptionDisabled?: boolean;
}

/** Build projects; without a key AWS answers the alias `aws/s3` or none. */
export const projects = new ResourceKind<Project>({
  arn: 'codebuild:project/*',
  namedBy: ['resourceArn'],
  complete: (given) => ({ policy: null, ...given }),
  missing: (name) => [400, 'ResourceNotFoundException', `Resource ARN ${name} does not exist`],
});

/** AWS CodeBuild: its projects, without builds. */
export const codeBuild: Service = {
  name: 'codebuild',
  wire: jsonWire({ target: 'CodeBuild_20161006', version: '1.1' }),
  failures: { throttled: [400, 'ThrottlingException', 'Rate exceeded'] },
  operations: {
    ListProjects: projects.list({
      entries: 'projects',
      paging: { answers: 100, token: 'nextToken' },
      entry: ({ name }) => name,
    }),
    BatchGetProjects: {
      run: (call) => {
        const names = call.input.names as readonly string[];
        if (names.length > 100) refuse(400, 'InvalidInputException', 'Too many names');
        const all = projects.in(call.account, call.region);
        const found = names.filter((name) => all.has(name));
        return {
          projects: found.map((each) => {
            const { name, arn, encryptionKey, encryptionDisabled } = projects.named(call, each);
            return { name, arn, encryptionKey, artifacts: { type: 'S3', encryptionDisabled } };
          }),
          projectsNotFound: names.filter((name) => !all.has(name)),
        };
      },
    },
    GetResourcePolicy: projects.detail(({ policy }) => ({
      policy: policy ?? refuse(400, 'ResourceNotFoundException', 'Resource policy does not exist'),
    })),
  },
};
