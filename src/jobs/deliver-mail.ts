import type { Clock } from '../ports/clock.ts';
import { MailRejected, type SendMail } from '../ports/mail.ts';
import type { Mails, QueuedMail } from '../ports/store/index.ts';

const minute = 60_000;
/** Longer than the time-outs of one delivery together, so that nobody else takes a mail that is just being sent. */
const leaseMs = 3 * minute;
/** How long until the next try, after so many; then it is given up. */
export const pauses: readonly number[] = [1, 5, 30, 120, 360, 1440].map((minutes) => minutes * minute);
/** Characters of an error that are kept. */
const maxErrorLength = 300;

/**
 * Sends all mails that are due, one after the other. A permanent rejection is given up at once; everything else is
 * tried again with growing delays. Returns how many were sent.
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
    const outcome = await tryOnce(mail, clock, send);
    if (outcome.kind === 'sent') sent += 1;
    await mails.recordDelivery({ id: mail.id, attempts: mail.attempts, outcome, now: clock.now() });
  }
}

async function tryOnce(
  mail: QueuedMail,
  clock: Clock,
  send: SendMail,
): Promise<Parameters<Mails['recordDelivery']>[0]['outcome']> {
  try {
    await send(mail);
    return { kind: 'sent' };
  } catch (error) {
    const words = wordsOf(error);
    const pause = pauses[mail.attempts - 1];
    if (error instanceof MailRejected || pause === undefined) return { kind: 'failed', error: words };
    return { kind: 'later', dueAt: clock.now() + pause, error: words };
  }
}

function wordsOf(error: unknown): string {
  const text = error instanceof Error ? error.message : 'unknown error';
  return text.slice(0, maxErrorLength).replace(/[\p{Cc}\p{Cf}\p{Cs}]+/gu, ' ');
}
