import { mailTo } from '../mail/template.tsx';
import type { Mail } from '../ports/mail.ts';
import type { QueuedRegistration } from '../ports/store/index.ts';
import { toStaff } from './applications.ts';
import { type Desk, noteOf } from './context.ts';
import type { AddressedLetter } from './registration/plan.ts';
import { planStep } from './registration/plan-step.ts';
import type { StepOutcome, StepRequest } from './registration/request.ts';

/**
 * Takes a registration one step further: state, messages, mails, audit entry and the application that results, in one
 * transaction. The caller checks who may do this.
 */
export async function stepRegistration(desk: Desk, request: StepRequest): Promise<StepOutcome> {
  const registration = await desk.store.registrations.find(request.id, 'platform');
  if (registration === undefined) return { outcome: 'unknown' };
  const planned = await planStep(desk, registration, request);
  if ('outcome' in planned) return planned;
  const { next, event, answers, messages, letters, effect } = planned;
  const { id } = registration;
  const note = noteOf(desk, event, `registration:${id}`, {
    detail: { state: next.state },
    mails: await mailsFor(desk, registration, letters),
  });
  const version = request.version ?? registration.version;
  const step = { id, version, ...next, ...(answers && { answers }), messages, effect, note, now: desk.now };
  return { outcome: await desk.store.registrations.step(step) };
}

async function mailsFor(
  desk: Desk,
  { ownerEmail }: QueuedRegistration,
  letters: readonly AddressedLetter[],
): Promise<readonly Mail[]> {
  const mails = letters.map(({ to, letter }) =>
    to === 'owner' ? [mailTo(ownerEmail, letter)] : toStaff(desk, letter),
  );
  return (await Promise.all(mails)).flat();
}
