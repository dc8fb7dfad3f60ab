import { type Desk, noteOf } from './context.ts';

/** Makes a mail that was not sent due at once. */
export async function retryMail(desk: Desk, id: number): Promise<'changed' | 'unknown'> {
  return desk.store.mails.retry(id, desk.now, noteOf(desk, 'mail.retried', `mail:${id}`));
}
