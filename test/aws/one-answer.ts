import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { newOrganization } from '../../lab/aws/build.ts';
import type { ScopeAccess } from '../../src/aws/scope-access.ts';
import { simulate } from './simulated.ts';

/** What all calls are answered. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What was asked of it, as far as it says which call it is. */
interface Asked {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly target: unknown;
  readonly type: unknown;
  readonly queryMode: unknown;
  readonly body: unknown;
}

/** Something in AWS's place that answers the same to all, and a scope in which it is asked, once each call. */
export interface OneAnswer {
  readonly url: string;
  readonly access: ScopeAccess;
  readonly asked: Asked[];
  answer: Answer;
  /** What the next calls are answered in place of that. */
  readonly next: Answer[];
  close(): Promise<void>;
}

const region = 'eu-west-1';

/** Where it is asked. */
export const scope = { accountId: '111111111111', accountName: null, region, partition: 'aws' };
export const functionArn = `arn:aws:lambda:${region}:${scope.accountId}:function:bill`;

export async function oneAnswer(): Promise<OneAnswer> {
  const organization = newOrganization();
  const accountId = organization.managementAccountId;
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const { method, url, headers } = request;
    const body = await text(request);
    asked.push({
      method,
      url,
      target: headers['x-amz-target'],
      type: headers['content-type'],
      queryMode: headers['x-amzn-query-mode'],
      body: body.startsWith('{') ? JSON.parse(body) : body || null,
    });
    const answer = result.next.shift() ?? result.answer;
    response.writeHead(answer.status, answer.headers).end(answer.body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const customEndpoint = { url, partitionId: null, signingRegion: null, hostnameImmutable: true };
  const simulated = await simulate(organization, {}, { customEndpoint, maxRetries: 0 });
  const session = await simulated.aws.session(simulated.as(accountId));
  const result: OneAnswer = {
    url,
    access: simulated.aws.open(session, accountId, region),
    asked,
    answer: { status: 200, body: '{}' },
    next: [],
    async close() {
      await simulated[Symbol.asyncDispose]();
      server.close();
    },
  };
  return result;
}
