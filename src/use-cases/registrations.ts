import { mailTo } from '../mail/template.tsx';
import type { Mail } from '../ports/mail.ts';
import type { QueuedRegistration } from '../ports/store/index.ts';
import { mailsToAdministrators } from './applications.ts';
import { changeRecord, type UseCaseContext } from './context.ts';
import type { AddressedMail } from './registration/plan.ts';
import { planStep } from './registration/plan-step.ts';
import type { StepOutcome, StepRequest } from './registration/request.ts';

/**
 * Performs one step of a registration: its new state, messages, emails, audit entry and the resulting application, in
 * one transaction. The caller checks who may do this.
 */
export async function stepRegistration(context: UseCaseContext, request: StepRequest): Promise<StepOutcome> {
  const registration = await context.store.registrations.find(request.id, 'platform');
  if (registration === undefined) return { outcome: 'unknown' };
  const planned = await planStep(context, registration, request);
  if ('outcome' in planned) return planned;
  const { next, event, answers, messages, mails, effect } = planned;
  const { id } = registration;
  const record = changeRecord(context, event, `registration:${id}`, {
    detail: { state: next.state },
    mails: await mailsFor(context, registration, mails),
  });
  const version = request.version ?? registration.version;
  const step = { id, version, ...next, ...(answers && { answers }), messages, effect, record, now: context.now };
  return { outcome: await context.store.registrations.step(step) };
}

async function mailsFor(
  context: UseCaseContext,
  { ownerEmail }: QueuedRegistration,
  addressed: readonly AddressedMail[],
): Promise<readonly Mail[]> {
  const mails = addressed.map(({ to, content }) =>
    to === 'owner' ? [mailTo(ownerEmail, content)] : mailsToAdministrators(context, content),
  );
  return (await Promise.all(mails)).flat();
}
