import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { createPasswordHasher } from '../../accounts/hashing.ts';
import { answerFields, readAnswers } from '../../applications/registration/answers.ts';
import type { RegistrationAction } from '../../applications/registration/steps.ts';
import { newId } from '../../oauth/formats/ids.ts';
import type { AnswerField, RegistrationState } from '../../ports/store/index.ts';
import type { StepOutcome } from '../../use-cases/registration/request.ts';
import { stepRegistration } from '../../use-cases/registrations.ts';
import { CommandError, type DataOptions, printResult, withDataOptions } from '../context.ts';
import { requireUser, toOneLine, withUseCases } from '../use-cases.ts';

const listed = ['submitted', 'information_requested', 'approved', 'declined', 'withdrawn'] as const;

interface TextOptions extends DataOptions {
  readonly text?: string;
  readonly field?: AnswerField;
}

/** `insiders registration …`: the conversation about applications, from either side. */
export function registrationCommand(program: Command): void {
  const registration = program
    .command('registration')
    .description('requests for applications, and the talk about them');
  withDataOptions(registration.command('list'))
    .description('oldest first')
    .addOption(new Option('--state <state>', 'those in it').choices([...listed]).default('submitted'))
    .action(list);
  withDataOptions(registration.command('show <id>')).description('the form and the conversation').action(show);
  withDataOptions(registration.command('submit'))
    .description('hand in the form of somebody, from a JSON object')
    .requiredOption('--owner <address>', 'the account that owns it')
    .requiredOption('--answers <file>', `a JSON object with ${answerFields.join(', ')}`)
    .action(submit);
  for (const [name, action, says] of [
    ['reply', 'reply', 'answer for its owner; it goes back into the queue'],
    ['ask', 'ask', 'ask its owner for information'],
    ['message', 'message', 'write to its owner'],
    ['note', 'note', 'keep a note that only the staff sees'],
    ['decline', 'decline', 'decline it, with a reason'],
  ] as const) {
    withDataOptions(registration.command(`${name} <id>`))
      .description(says)
      .requiredOption('--text <text>', 'what to say')
      .addOption(new Option('--field <field>', 'the answer that a question is about').choices([...answerFields]))
      .action((id: string, options: TextOptions) => step(id, action, options));
  }
  for (const [name, says] of [
    ['approve', 'make the application that was asked for'],
    ['withdraw', 'give it up, for its owner'],
  ] as const) {
    withDataOptions(registration.command(`${name} <id>`))
      .description(says)
      .option('--text <text>', 'a word to the other side')
      .action((id: string, options: TextOptions) => step(id, name, options));
  }
}

async function list({ state, ...options }: DataOptions & { readonly state: (typeof listed)[number] }): Promise<void> {
  const { rows } = await withUseCases(options, ({ store }) => store.registrations.list({ state, limit: 1000 }));
  const registrations = rows.map(({ id, answers, ownerEmail, submittedAt }) => ({
    id,
    product: answers.productName,
    owner: ownerEmail,
    state,
    submitted_at: submittedAt === null ? null : new Date(submittedAt).toISOString(),
  }));
  const lines = registrations.map((row) => `${row.id}  ${row.submitted_at}  ${row.owner}  ${toOneLine(row.product)}`);
  printResult(options, { registrations }, lines.length === 0 ? 'There is none.' : lines.join('\n'));
}

async function show(id: string, options: DataOptions): Promise<void> {
  const found = await withUseCases(options, async ({ store }) => {
    const registration = await store.registrations.find(id, 'platform');
    const application = registration?.applicationId && (await store.applications.find(registration.applicationId));
    return {
      registration,
      messages: await store.registrations.messages(id, 'platform'),
      application: application || null,
    };
  });
  const { registration, messages, application } = found;
  if (registration === undefined) throw new CommandError(`There is no registration ${id}.`);
  const facts = {
    id,
    state: registration.state,
    owner: registration.ownerEmail,
    client_id: application?.clientId ?? null,
    answers: registration.answers,
    messages: messages.map(({ at, side, kind, field, text, state }) => ({
      at: new Date(at).toISOString(),
      side,
      kind,
      field,
      text,
      state,
    })),
  };
  const answered = answerFields.map((field) => `${field}: ${toOneLine(registration.answers[field])}`);
  const said = facts.messages.map(
    ({ at, side, kind, text, state }) => `${at}  ${side} ${state ?? kind}  ${toOneLine(text)}`,
  );
  const head = [
    `${id}  ${registration.state}  ${registration.ownerEmail}`,
    `client_id: ${facts.client_id ?? 'none yet'}`,
  ];
  printResult(options, facts, [...head, '', ...answered, '', ...said].join('\n'));
}

async function submit(options: DataOptions & { readonly owner: string; readonly answers: string }): Promise<void> {
  const given = await readObject(options.answers);
  const answers = readAnswers((field) => (given[field] === undefined ? undefined : String(given[field])));
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
    refuseUnlessDone(id, outcome);
    return id;
  });
  printResult(options, { id, state: 'submitted' }, `Registration ${id} is in the queue.`);
}

async function readObject(file: string): Promise<Record<string, unknown>> {
  try {
    const read: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof read === 'object' && read !== null && !Array.isArray(read)) return { ...read };
  } catch {
    // Said below.
  }
  throw new CommandError(`${file} can't be read as a JSON object.`);
}

async function step(
  id: string,
  action: Exclude<RegistrationAction, 'submit'>,
  { text = '', field, ...options }: TextOptions,
): Promise<void> {
  const request = action === 'ask' ? { id, action, text, field: field ?? null } : { id, action, text };
  const done = await withUseCases(options, async (context) => {
    refuseUnlessDone(id, await stepRegistration(context, request));
    const registration = await context.store.registrations.find(id, 'platform');
    const made = registration?.applicationId
      ? await context.store.applications.find(registration.applicationId)
      : undefined;
    return { state: registration?.state as RegistrationState, clientId: made?.clientId ?? null };
  });
  const facts = { id, state: done.state, ...(done.clientId !== null && { client_id: done.clientId }) };
  const more =
    done.clientId === null ? '' : ` Its client_id is ${done.clientId}; make a secret with: application add-secret.`;
  printResult(options, facts, `Registration ${id} is ${done.state.replaceAll('_', ' ')} now.${more}`);
}

function refuseUnlessDone(id: string, outcome: StepOutcome): void {
  switch (outcome.outcome) {
    case 'done':
      return;
    case 'unknown':
      throw new CommandError(`There is no registration ${id}.`);
    case 'not_now':
      throw new CommandError('This is not possible in the state that the registration is in.');
    case 'lost':
      throw new CommandError('Somebody else was faster. Look at it again with: registration show.');
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
