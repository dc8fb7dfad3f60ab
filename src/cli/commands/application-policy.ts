import { type Command, InvalidArgumentError, Option } from 'commander';
import type { RefreshPolicy } from '../../ports/store/index.ts';
import { setPolicy as changePolicy } from '../../use-cases/applications.ts';
import { CommandError, type DataOptions, printResult, withDataOptions } from '../context.ts';
import { requireFound, withUseCases } from '../use-cases.ts';

interface PolicyOptions extends DataOptions {
  readonly accessTokenSeconds?: number | 'default';
  readonly refreshPolicy?: RefreshPolicy;
  readonly resourceServer?: 'yes' | 'no';
}

/** `insiders application set-policy` */
export function policyCommand(application: Command): void {
  withDataOptions(application.command('set-policy <client-id>'))
    .description('token lifetime, refresh policy, and whether it may introspect all tokens')
    .option('--access-token-seconds <seconds>', 'whole seconds, or "default"', readSeconds)
    .addOption(new Option('--refresh-policy <policy>', 'what a refresh does').choices(['stable', 'rotate']))
    .addOption(new Option('--resource-server <yes|no>', 'may introspect every token').choices(['yes', 'no']))
    .action(setPolicy);
}

async function setPolicy(clientId: string, options: PolicyOptions): Promise<void> {
  const { accessTokenSeconds, refreshPolicy, resourceServer } = options;
  const policy = {
    ...(accessTokenSeconds === undefined
      ? {}
      : { accessTokenSeconds: accessTokenSeconds === 'default' ? null : accessTokenSeconds }),
    ...(refreshPolicy === undefined ? {} : { refreshPolicy }),
    ...(resourceServer === undefined ? {} : { resourceServer: resourceServer === 'yes' }),
  };
  if (Object.keys(policy).length === 0) throw new CommandError('Say what to change; see --help.');
  requireFound(clientId, await withUseCases(options, (context) => changePolicy(context, clientId, policy)));
  const changed = {
    client_id: clientId,
    access_token_seconds: policy.accessTokenSeconds,
    refresh_policy: policy.refreshPolicy,
    resource_server: policy.resourceServer,
  };
  printResult(options, changed, `The policy of ${clientId} was changed.`);
}

/** The parser of options turns `null` into an empty text, so the word stays a word here. */
function readSeconds(text: string): number | 'default' {
  if (text === 'default') return text;
  const seconds = Number(text);
  if (/^[0-9]+$/.test(text) && seconds >= 1 && seconds <= 31_536_000) return seconds;
  throw new InvalidArgumentError('It is "default" or a whole number from 1 to 31536000.');
}
