import { mailTemplates } from '../mail/templates.ts';
import { findApplication, mailsToOwners, portalUrl, subjectOf } from './applications.ts';
import { changeRecord, type UseCaseContext } from './context.ts';

/**
 * Revokes a leaked client secret at once and informs the owners. The secret itself is all the proof that is needed,
 * because its holder could use it. `hash`: SHA-256 as base64url.
 */
export async function revokeLeakedSecret(context: UseCaseContext, hash: string): Promise<'ended' | 'unknown'> {
  const found = await context.store.secrets.findByHash(hash, context.now);
  const application = found && (await findApplication(context, found.clientId));
  if (found === undefined || application === undefined) return 'unknown';
  const { clientId, secret } = found;
  const content = mailTemplates.secretReported(
    application.name,
    secret.lastFour,
    portalUrl(context, clientId, 'secrets/'),
  );
  const record = changeRecord(context, 'application.secret_reported', subjectOf(application), {
    detail: { secret: secret.id, last_four: secret.lastFour },
    mails: await mailsToOwners(context, application, content),
  });
  const when = context.now;
  const outcome = await context.store.secrets.revoke({ clientId, secretId: secret.id, when, now: context.now, record });
  return outcome === 'changed' ? 'ended' : 'unknown';
}

/** Revokes the family of a leaked token, and informs the owners of its application. */
export async function revokeLeakedFamily(
  context: UseCaseContext,
  leaked: { readonly familyId: string; readonly applicationId: string },
): Promise<'ended' | 'unknown'> {
  const application = await context.store.applications.find(leaked.applicationId);
  if (application === undefined) return 'unknown';
  const content = mailTemplates.tokenReported(application.name, portalUrl(context, application.clientId));
  const record = changeRecord(context, 'application.token_reported', subjectOf(application), {
    mails: await mailsToOwners(context, application, content),
  });
  const outcome = await context.store.families.revoke(leaked.familyId, context.now, record);
  return outcome === 'revoked' ? 'ended' : 'unknown';
}
