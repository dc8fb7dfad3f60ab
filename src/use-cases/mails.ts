import { changeRecord, type UseCaseContext } from './context.ts';

/** Makes an email due at once. `unknown`: no such email, or it was sent. */
export async function retryMail(context: UseCaseContext, id: number): Promise<'changed' | 'unknown'> {
  return context.store.mails.retry(id, context.now, changeRecord(context, 'mail.retried', `mail:${id}`));
}
