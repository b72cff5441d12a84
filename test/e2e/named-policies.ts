import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Emulator } from '../../lab/emulators.ts';

/**
 * moto, with what it leaves out: its GetAccountAuthorizationDetails tells managed policies without PolicyName, which
 * AWS writes in each of them (API reference of IAM, read 2026-11-29). All else passes as it is.
 */
export async function withPolicyNames(moto: Emulator): Promise<Emulator> {
  const server = createServer((asked, response) => {
    pass(moto.url, asked, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...moto,
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await moto.close();
    },
  };
}

async function pass(url: string, asked: IncomingMessage, response: ServerResponse): Promise<void> {
  const question = await text(asked);
  const { method, headers, url: path = '/' } = asked;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request(new URL(path, url), { method, headers }, resolve).once('error', reject).end(question);
  });
  const body = await text(answer);
  const { 'content-length': _, 'transfer-encoding': __, ...rest } = answer.headers;
  response.writeHead(answer.statusCode ?? 502, rest).end(named(body));
}

/** The name is the end of the ARN. Attached policies have PolicyArn, users and roles another kind of ARN. */
const named = (body: string): string =>
  body.includes('<GetAccountAuthorizationDetailsResponse')
    ? body.replace(/<Arn>arn:[^<]*:policy\/(?:[^<]*\/)?([^<]+)<\/Arn>/g, '<PolicyName>$1</PolicyName>$&')
    : body;
