import { pluginV3 } from '@cloudquery/plugin-pb-javascript';
import { newPlugin, type Plugin } from '@cloudquery/plugin-sdk-javascript/plugin/plugin';
import { createServeCommand } from '@cloudquery/plugin-sdk-javascript/plugin/serve';
import { credentials, Server } from '@grpc/grpc-js';
import { vi } from 'vitest';

const { PluginClient } = pluginV3.cloudquery.plugin.v3;

/** A plugin that is nothing but the SDK's. */
export function barePlugin(): Plugin {
  return newPlugin('bare', 'v1.0.0', () => Promise.reject(new Error('This plugin does nothing')));
}

/** What the SDK's command says is wrong with a command line; null: it would run it. */
export function refusal(...argv: readonly string[]): Promise<string | null> {
  const runs = new Error('It runs');
  const plugin = barePlugin();
  plugin.setLogger = () => {
    throw runs;
  };
  const refused = new Promise<string | null>((resolve) => {
    createServeCommand(plugin)
      .exitProcess(false)
      .fail((message: string | null) => resolve(message))
      .parse([...argv]);
  });
  return refused.catch((error) => {
    if (error === runs) return null;
    throw error;
  });
}

/** The SDK's server in this process, without anything of ours. */
export interface BareServer {
  /** What it has logged when it listened, or could not. */
  readonly line: string;
  /** What it has said to Node's `process.emitWarning`. */
  readonly warnings: readonly string[];
  readonly client: InstanceType<typeof PluginClient>;
  close(): void;
}

export async function serveBare(plugin: Plugin, address: string): Promise<BareServer> {
  const bind = vi.spyOn(Server.prototype, 'bindAsync');
  const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
  const line = new Promise<string>((resolve) => {
    plugin.setLogger = (logger) => {
      Object.assign(logger, { info: resolve, error: resolve });
    };
  });
  createServeCommand(plugin).parse(['serve', '--address', address]);
  const client = new PluginClient(address, credentials.createInsecure());
  const logged = await line;
  const [server] = bind.mock.contexts as Server[];
  const warnings = warn.mock.calls.map(([warning]) => String(warning));
  bind.mockRestore();
  warn.mockRestore();
  const close = () => {
    client.close();
    server?.forceShutdown();
  };
  return { line: logged, warnings, client, close };
}
