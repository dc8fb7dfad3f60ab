import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { createPasswordHasher } from '../../accounts/hashing.ts';
import { answerFields, readAnswers } from '../../applications/registration/answers.ts';
import type { RegistrationAction } from '../../applications/registration/steps.ts';
import { newId } from '../../oauth/formats/ids.ts';
import type { AnswerField, RegistrationState } from '../../ports/store/index.ts';
import type { StepOutcome } from '../../use-cases/registration/request.ts';
import { stepRegistration } from '../../use-cases/registrations.ts';
import { CommandError, type DataOptions, printResult, withDataOptions } from '../command.ts';
import { requireUser, withUseCases } from '../use-cases.ts';

interface TextOptions extends DataOptions {
  readonly text?: string;
  readonly field?: AnswerField;
}

/** `insiders registration submit | reply | ask | message | note | decline | approve | withdraw` */
export function stepCommands(registration: Command): void {
  withDataOptions(registration.command('submit'))
    .description('submit a registration for an account')
    .requiredOption('--owner <address>', 'account that will own it')
    .requiredOption('--answers <file>', `JSON object with ${answerFields.join(', ')}`)
    .action(submit);
  for (const [action, description] of [
    ['reply', 'reply to the administrators for the owner; the registration returns to the queue'],
    ['ask', 'ask the owner for information'],
    ['message', 'send a message to the owner'],
    ['note', 'add a note that the owner cannot read'],
    ['decline', 'decline a registration, with the reason as text'],
  ] as const) {
    withDataOptions(registration.command(`${action} <id>`))
      .description(description)
      .requiredOption('--text <text>', 'the message')
      .addOption(new Option('--field <field>', 'the answer that a question is about').choices([...answerFields]))
      .action((id: string, options: TextOptions) => step(id, action, options));
  }
  for (const [action, description] of [
    ['approve', 'approve a registration, and create its application'],
    ['withdraw', 'withdraw a registration for its owner'],
  ] as const) {
    withDataOptions(registration.command(`${action} <id>`))
      .description(description)
      .option('--text <text>', 'message to the other side')
      .action((id: string, options: TextOptions) => step(id, action, options));
  }
}

async function submit(options: DataOptions & { readonly owner: string; readonly answers: string }): Promise<void> {
  const form = await readObject(options.answers);
  const answers = readAnswers((field) => (form[field] === undefined ? undefined : String(form[field])));
  const id = await withUseCases(options, async (context) => {
    const owner = await requireUser(context, options.owner);
    const id = newId(context.random, context.now);
    await context.store.registrations.saveDraft({ id, ownerId: owner.id, version: 0, answers, now: context.now });
    const hasher = createPasswordHasher();
    const outcome = await stepRegistration(context, {
      id,
      action: 'submit',
      hashPassword: (password) => hasher.hash(password, { account: owner.email, network: 'local' }),
    });
    requireDone(id, outcome);
    return id;
  });
  printResult(options, { id, state: 'submitted' }, `Registration ${id} is in the queue.`);
}

/** Reads a JSON object from a file. @throws {CommandError} it can't be read, or is none */
async function readObject(file: string): Promise<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // The same error as for any other JSON value.
  }
  throw new CommandError(`${file} can't be read as a JSON object.`);
}

async function step(
  id: string,
  action: Exclude<RegistrationAction, 'submit'>,
  { text = '', field, ...options }: TextOptions,
): Promise<void> {
  const request = action === 'ask' ? { id, action, text, field: field ?? null } : { id, action, text };
  const { state, clientId } = await withUseCases(options, async (context) => {
    requireDone(id, await stepRegistration(context, request));
    const registration = await context.store.registrations.find(id, 'platform');
    const application = registration?.applicationId
      ? await context.store.applications.find(registration.applicationId)
      : undefined;
    return { state: registration?.state as RegistrationState, clientId: application?.clientId ?? null };
  });
  const result = { id, state, ...(clientId !== null && { client_id: clientId }) };
  const more =
    clientId === null ? '' : ` Its client_id is ${clientId}; create a secret with: insiders application add-secret.`;
  printResult(options, result, `Registration ${id} is ${state.replaceAll('_', ' ')} now.${more}`);
}

/** @throws {CommandError} the step was refused */
function requireDone(id: string, outcome: StepOutcome): void {
  switch (outcome.outcome) {
    case 'done':
      return;
    case 'unknown':
      throw new CommandError(`There is no registration ${id}.`);
    case 'not_now':
      throw new CommandError('This is not possible in the current state of the registration.');
    case 'lost':
      throw new CommandError('The registration was changed at the same moment. Look at it with: registration show.');
    case 'bad_text':
      throw new CommandError(`The text is refused: ${outcome.code.replaceAll('_', ' ')}.`);
    case 'bad_answers':
      throw new CommandError(
        outcome.problems
          .map(({ field, code, message }) => `${field}: ${message ?? code.replaceAll('_', ' ')}`)
          .join('\n'),
      );
  }
}
