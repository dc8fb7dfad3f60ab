import { type Command, Option } from 'commander';
import { answerFields } from '../../applications/registration/answers.ts';
import { CommandError, type DataOptions, printResult, toOneLine, withDataOptions } from '../command.ts';
import { withUseCases } from '../use-cases.ts';
import { stepCommands } from './registration-steps.ts';

const listedStates = ['submitted', 'information_requested', 'approved', 'declined', 'withdrawn'] as const;

/**
 * `insiders registration …`: what the owner of a registration does in the portal, and the administrators in the
 * console.
 */
export function registrationCommand(program: Command): void {
  const registration = program
    .command('registration')
    .description('manage registrations: the requests for an application, and the messages about them');
  withDataOptions(registration.command('list'))
    .description('list the registrations in one state, oldest first')
    .addOption(new Option('--state <state>', 'state to list').choices([...listedStates]).default('submitted'))
    .action(list);
  withDataOptions(registration.command('show <id>'))
    .description('show the form and the messages of a registration')
    .action(show);
  stepCommands(registration);
}

interface ListOptions extends DataOptions {
  readonly state: (typeof listedStates)[number];
}

async function list({ state, ...options }: ListOptions): Promise<void> {
  const { rows } = await withUseCases(options, ({ store }) => store.registrations.list({ state, limit: 1000 }));
  const registrations = rows.map(({ id, answers, ownerEmail, submittedAt }) => ({
    id,
    product: answers.productName,
    owner: ownerEmail,
    state,
    submitted_at: submittedAt === null ? null : new Date(submittedAt).toISOString(),
  }));
  const lines = registrations.map((row) => `${row.id}  ${row.submitted_at}  ${row.owner}  ${toOneLine(row.product)}`);
  printResult(options, { registrations }, lines.length === 0 ? 'There is no such registration.' : lines.join('\n'));
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
  const result = {
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
  const head = [
    `${id}  ${registration.state}  ${registration.ownerEmail}`,
    `client_id: ${result.client_id ?? 'none yet'}`,
  ];
  const answerLines = answerFields.map((field) => `${field}: ${toOneLine(registration.answers[field])}`);
  const messageLines = result.messages.map(
    ({ at, side, kind, text, state }) => `${at}  ${side} ${state ?? kind}  ${toOneLine(text)}`,
  );
  printResult(options, result, [...head, '', ...answerLines, '', ...messageLines].join('\n'));
}
