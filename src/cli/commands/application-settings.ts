import { type Command, InvalidArgumentError, Option } from 'commander';
import { readGrantType } from '../../applications/new-application.ts';
import { publicClientProblems } from '../../applications/public-clients.ts';
import { maxAccessTokenSeconds } from '../../config/settings.ts';
import type { RefreshPolicy } from '../../ports/store/index.ts';
import { setCallbacks, setPolicy } from '../../use-cases/applications.ts';
import { switchGrantType, undoChange } from '../../use-cases/grant-switch.ts';
import { CommandError, type DataOptions, printResult, withDataOptions } from '../command.ts';
import { requireApplication, requireFound, unknownApplication, withUseCases } from '../use-cases.ts';

/** `insiders application set-callbacks | set-grant-type | undo-grant-type | set-policy` */
export function settingsCommands(application: Command): void {
  withDataOptions(application.command('set-callbacks <client-id> [callbacks...]'))
    .description('replace the callbacks; users are asked for their consent again')
    .action(replaceCallbacks);
  withDataOptions(application.command('set-grant-type <client-id> <type>'))
    .description('switch to authorization_code or password at once')
    .action(switchTo);
  withDataOptions(application.command('undo-grant-type <client-id>'))
    .description('undo the last switch of the grant type, within 24 hours')
    .action(undoSwitch);
  withDataOptions(application.command('set-policy <client-id>'))
    .description('set the token lifetime, the refresh policy, and whether it can introspect all tokens')
    .option('--access-token-seconds <seconds>', 'lifetime of its access tokens, or "default"', readSeconds)
    .addOption(
      new Option('--refresh-policy <policy>', 'whether a refresh keeps or replaces the refresh token').choices([
        'stable',
        'rotate',
      ]),
    )
    .addOption(
      new Option('--resource-server <yes|no>', 'whether it can introspect the tokens of all applications').choices([
        'yes',
        'no',
      ]),
    )
    .action(changePolicy);
}

async function replaceCallbacks(clientId: string, callbacks: readonly string[], options: DataOptions): Promise<void> {
  const changed = await withUseCases(options, (context) => setCallbacks(context, clientId, callbacks));
  if (changed.outcome === 'invalid') throw new CommandError(changed.problems.join('\n'));
  requireFound(clientId, changed.outcome);
  const result = { client_id: clientId, redirect_uris: callbacks };
  printResult(options, result, `${clientId} has ${callbacks.length} callbacks now.`);
}

async function switchTo(clientId: string, type: string, options: DataOptions): Promise<void> {
  const grantType = readGrantType(type);
  if (grantType === undefined) throw new CommandError('The grant type is authorization_code or password.');
  const outcome = await withUseCases(options, (context) =>
    switchGrantType(context, clientId, grantType, { evenWithoutCallback: true }),
  );
  if (outcome === 'unknown') throw unknownApplication(clientId);
  if (outcome === 'public_password') throw new CommandError(`${publicClientProblems.password}.`);
  if (outcome === 'lost') throw new CommandError('The application was changed at the same moment. Try again.');
  const result = { client_id: clientId, grant_type: grantType };
  printResult(options, result, `The grant type of ${clientId} is ${grantType} now.`);
}

async function undoSwitch(clientId: string, options: DataOptions): Promise<void> {
  const grantType = await withUseCases(options, async (context) => {
    const outcome = await undoChange(context, clientId);
    if (outcome === 'too_late')
      throw new CommandError('The last switch was more than 24 hours ago. Use set-grant-type instead.');
    if (outcome !== 'done') throw new CommandError(`There is no change of ${clientId} to undo.`);
    return (await requireApplication(context, clientId)).grantType;
  });
  const result = { client_id: clientId, grant_type: grantType };
  printResult(options, result, `The grant type of ${clientId} is ${grantType} again.`);
}

interface PolicyOptions extends DataOptions {
  readonly accessTokenSeconds?: number | 'default';
  readonly refreshPolicy?: RefreshPolicy;
  readonly resourceServer?: 'yes' | 'no';
}

async function changePolicy(clientId: string, options: PolicyOptions): Promise<void> {
  const { accessTokenSeconds, refreshPolicy, resourceServer } = options;
  const policy = {
    ...(accessTokenSeconds === undefined
      ? {}
      : { accessTokenSeconds: accessTokenSeconds === 'default' ? null : accessTokenSeconds }),
    ...(refreshPolicy === undefined ? {} : { refreshPolicy }),
    ...(resourceServer === undefined ? {} : { resourceServer: resourceServer === 'yes' }),
  };
  if (Object.keys(policy).length === 0) throw new CommandError('Say what to change; see --help.');
  const outcome = await withUseCases(options, (context) => setPolicy(context, clientId, policy));
  if (outcome === 'public_stable') throw new CommandError(`${publicClientProblems.stable}.`);
  requireFound(clientId, outcome);
  const result = {
    client_id: clientId,
    access_token_seconds: policy.accessTokenSeconds,
    refresh_policy: policy.refreshPolicy,
    resource_server: policy.resourceServer,
  };
  printResult(options, result, `The policy of ${clientId} was changed.`);
}

/** Returns the word `default` instead of `null`, which commander turns into an empty string. */
function readSeconds(text: string): number | 'default' {
  if (text === 'default') return text;
  const seconds = Number(text);
  if (/^[0-9]+$/.test(text) && seconds >= 1 && seconds <= maxAccessTokenSeconds) return seconds;
  throw new InvalidArgumentError('It is "default" or a whole number from 1 to 31536000.');
}
