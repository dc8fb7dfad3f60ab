import { newSecret, storedSecret } from '../applications/new-application.ts';
import { letters } from '../mail/templates.ts';
import { findApplication, portalUrl, subjectOf, toOwners } from './applications.ts';
import { type Desk, noteOf } from './context.ts';

/** When a secret stops working. `idle`: once it was not used for a day. */
export const retirements = ['now', 'hour', 'week', 'idle'] as const;
export type Retirement = (typeof retirements)[number];

const delays: Readonly<Record<Exclude<Retirement, 'idle'>, number>> = { now: 0, hour: 3_600_000, week: 604_800_000 };

/** Makes a client secret. It is in the answer in clear, this once, and nowhere else. */
export async function makeSecret(
  desk: Desk,
  clientId: string,
): Promise<{ readonly outcome: 'made'; readonly secret: string } | { readonly outcome: 'too_many' | 'unknown' }> {
  const application = await findApplication(desk, clientId);
  if (application === undefined) return { outcome: 'unknown' };
  const secret = newSecret(desk.random);
  const stored = storedSecret(secret, desk.random);
  const letter = letters.secretAdded(application.name, stored.lastFour, portalUrl(desk, clientId, 'secrets/'));
  const note = noteOf(desk, 'application.secret_added', subjectOf(application), {
    detail: { secret: stored.id, last_four: stored.lastFour },
    mails: await toOwners(desk, application, letter),
  });
  const outcome = await desk.store.secrets.add({ clientId, ...stored, now: desk.now, note });
  return outcome === 'added' ? { outcome: 'made', secret } : { outcome };
}

export async function retireSecret(
  desk: Desk,
  clientId: string,
  secretId: string,
  retirement: Retirement,
): Promise<'changed' | 'unknown'> {
  const note = noteOf(desk, 'application.secret_retired', subjectOf({ clientId }), {
    detail: { secret: secretId, when: retirement },
  });
  const when = retirement === 'idle' ? 'idle' : desk.now + delays[retirement];
  return desk.store.secrets.retire({ clientId, secretId, when, now: desk.now, note });
}
