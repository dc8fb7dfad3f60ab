import { hashedSecret, newSecret } from '../applications/new-application.ts';
import { mailTemplates } from '../mail/templates.ts';
import { findApplication, mailsToOwners, portalUrl, subjectOf } from './applications.ts';
import { changeRecord, type UseCaseContext } from './context.ts';

/** When a secret expires after it is revoked. `idle`: as soon as it was not used for a day. */
export const revocationTimes = ['now', 'hour', 'week', 'idle'] as const;
export type RevocationTime = (typeof revocationTimes)[number];

/** In ms. */
const delays: Readonly<Record<Exclude<RevocationTime, 'idle'>, number>> = {
  now: 0,
  hour: 3_600_000,
  week: 604_800_000,
};

/**
 * Creates a client secret. Returns it in plain text; only its hash is stored. `too_many`: two are valid already.
 * `unknown`: no such confidential application.
 */
export async function createSecret(
  context: UseCaseContext,
  clientId: string,
): Promise<{ readonly outcome: 'made'; readonly secret: string } | { readonly outcome: 'too_many' | 'unknown' }> {
  const application = await findApplication(context, clientId);
  if (application === undefined) return { outcome: 'unknown' };
  const secret = newSecret(context.random);
  const stored = hashedSecret(secret, context.random);
  const content = mailTemplates.secretAdded(
    application.name,
    stored.lastFour,
    portalUrl(context, clientId, 'secrets/'),
  );
  const record = changeRecord(context, 'application.secret_added', subjectOf(application), {
    detail: { secret: stored.id, last_four: stored.lastFour },
    mails: await mailsToOwners(context, application, content),
  });
  const outcome = await context.store.secrets.add({ clientId, ...stored, now: context.now, record });
  return outcome === 'added' ? { outcome: 'made', secret } : { outcome };
}

/** Revokes a secret, now or later. `unknown`: the application has no valid secret with this ID. */
export async function revokeSecret(
  context: UseCaseContext,
  clientId: string,
  secretId: string,
  time: RevocationTime,
): Promise<'changed' | 'unknown'> {
  const record = changeRecord(context, 'application.secret_retired', subjectOf({ clientId }), {
    detail: { secret: secretId, when: time },
  });
  const when = time === 'idle' ? 'idle' : context.now + delays[time];
  return context.store.secrets.revoke({ clientId, secretId, when, now: context.now, record });
}
