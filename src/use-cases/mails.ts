import { changeRecord, type UseCaseContext } from './context.ts';

/** Makes a mail that was not sent due at once. */
export async function retryMail(context: UseCaseContext, id: number): Promise<'changed' | 'unknown'> {
  return context.store.mails.retry(id, context.now, changeRecord(context, 'mail.retried', `mail:${id}`));
}
