import { MessageChannel } from 'node:worker_threads';
import { connectionSettings, connectionsTo } from '../../../src/aws/dispatcher.ts';
import { HttpThread } from '../../../src/aws/http-thread/http-thread.ts';
import { serveHttp } from '../../../src/aws/http-thread/thread.ts';

/** Both sides of a thread of connections, and all that they tell each other, in one thread: sources begin no other. */
export function threaded(environment: NodeJS.ProcessEnv): HttpThread {
  const { port1, port2 } = new MessageChannel();
  const connections = connectionsTo(connectionSettings(environment));
  serveHttp(port2, connections);
  const thread = new HttpThread(
    () => port1,
    () => connections,
  );
  const destroy = thread.destroy.bind(thread);
  return Object.assign(thread, {
    async close() {
      await destroy();
      port1.close();
      await connections.destroy();
    },
  });
}
