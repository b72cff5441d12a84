import { parentPort, workerData } from 'node:worker_threads';
import { type ConnectionSettings, connectionsTo } from '../dispatcher.ts';
import { serveHttp } from './thread.ts';

/** The file that a thread begins with: see `HttpThread`. */
if (parentPort === null) throw new Error('This file is begun by another thread.');
serveHttp(parentPort, connectionsTo(workerData as ConnectionSettings));
