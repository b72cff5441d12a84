import { EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient } from '@aws-sdk/client-iam';
import { RDSClient } from '@aws-sdk/client-rds';
import { SNSClient } from '@aws-sdk/client-sns';

/** An answer that comes whatever is asked. */
export interface FixedAnswer {
  readonly statusCode: number;
  readonly body: string;
}

/** What the SDK sent, and what it made of the answer. */
export interface BySdk {
  readonly form: string;
  readonly output: object | null;
  readonly error: Error | null;
}

const clients = { sns: SNSClient, rds: RDSClient, ec2: EC2Client, iam: IAMClient };

/** The judge of our own protocols: AWS's client of the service, its connection replaced by a fixed answer. */
export function judgeOf(
  service: keyof typeof clients,
): (command: object, answer: FixedAnswer) => Promise<BySdk> {
  let form = '';
  let response = {};
  const requestHandler = {
    async handle({ body }: { readonly body?: unknown }) {
      form = String(body);
      return { response };
    },
  };
  const client = new clients[service]({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIA', secretAccessKey: 'secret' },
    maxAttempts: 1,
    requestHandler: requestHandler as never,
  }) as unknown as { send(command: object): Promise<object> };
  return async (command, { statusCode, body }) => {
    response = { statusCode, headers: { 'content-type': 'text/xml' }, body: Buffer.from(body) };
    try {
      return { output: await client.send(command), error: null, form };
    } catch (error) {
      return { output: null, error: error instanceof Error ? error : new Error(String(error)), form };
    }
  };
}
