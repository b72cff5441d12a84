import { ListBucketsCommand } from '@aws-sdk/client-s3';
import type { Simulator } from '../../../lab/aws/server.ts';
import { clients } from './clients.ts';

interface SignedHttpRequest {
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
}

/** GET `path`, signed as S3 by AWS's own client: for what no installed client can ask. */
export async function signedFetch(
  simulator: Simulator,
  accountId: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const { s3 } = clients(simulator, accountId);
  s3.middlewareStack.add(
    (next) => (args) => {
      const request = args.request as SignedHttpRequest;
      request.path = path;
      request.query = {};
      Object.assign(request.headers, headers);
      return next(args);
    },
    { step: 'build', priority: 'low' },
  );
  let response: Response | undefined;
  s3.middlewareStack.add(
    () => async (args) => {
      const { host: _, ...signed } = (args.request as SignedHttpRequest).headers;
      response = await fetch(`${simulator.url}${path}`, { headers: signed });
      return { response, output: { $metadata: {} } };
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
  await s3.send(new ListBucketsCommand({}));
  return response as Response;
}
