import type { Clock } from '../ports/clock.ts';
import { MailRejected, type SendMail } from '../ports/mail.ts';
import type { Mails, QueuedMail } from '../ports/store/index.ts';

const minute = 60_000;
/** Longer than the timeouts of one delivery together, so that no other node claims a mail while it is being sent. */
const leaseMs = 3 * minute;
/** The pauses after the first, second, … failed attempt, in ms. After the last one the delivery is given up. */
export const pauses: readonly number[] = [1, 5, 30, 120, 360, 1440].map((minutes) => minutes * minute);
/** Characters of an error message that are stored at most. */
const maxErrorLength = 300;

/**
 * Sends all mails that are due, one after the other. A mail that the server rejects permanently is given up at once;
 * after any other error it is tried again with growing pauses. Returns how many mails were sent.
 */
export async function deliverMail(
  mails: Pick<Mails, 'claim' | 'recordDelivery'>,
  clock: Clock,
  send: SendMail,
): Promise<number> {
  let sent = 0;
  for (;;) {
    const [mail] = await mails.claim({ now: clock.now(), leaseMs, limit: 1 });
    if (mail === undefined) return sent;
    const outcome = await attemptDelivery(mail, clock, send);
    if (outcome.kind === 'sent') sent += 1;
    await mails.recordDelivery({ id: mail.id, attempts: mail.attempts, outcome, now: clock.now() });
  }
}

async function attemptDelivery(
  mail: QueuedMail,
  clock: Clock,
  send: SendMail,
): Promise<Parameters<Mails['recordDelivery']>[0]['outcome']> {
  try {
    await send(mail);
    return { kind: 'sent' };
  } catch (error) {
    const text = errorText(error);
    const pause = pauses[mail.attempts - 1];
    if (error instanceof MailRejected || pause === undefined) return { kind: 'failed', error: text };
    return { kind: 'later', dueAt: clock.now() + pause, error: text };
  }
}

function errorText(error: unknown): string {
  const text = error instanceof Error ? error.message : 'unknown error';
  return text.slice(0, maxErrorLength).replace(/[\p{Cc}\p{Cf}\p{Cs}]+/gu, ' ');
}
