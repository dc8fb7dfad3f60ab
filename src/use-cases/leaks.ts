import { letters } from '../mail/templates.ts';
import { findApplication, portalUrl, subjectOf, toOwners } from './applications.ts';
import { type Desk, noteOf } from './context.ts';

/** Ends a client secret that somebody showed us, because whoever shows it has it. `hash`: SHA-256 as base64url. */
export async function endLeakedSecret(desk: Desk, hash: string): Promise<'ended' | 'unknown'> {
  const found = await desk.store.secrets.findByHash(hash, desk.now);
  const application = found && (await findApplication(desk, found.clientId));
  if (found === undefined || application === undefined) return 'unknown';
  const { clientId, secret } = found;
  const letter = letters.secretReported(application.name, secret.lastFour, portalUrl(desk, clientId, 'secrets/'));
  const note = noteOf(desk, 'application.secret_reported', subjectOf(application), {
    detail: { secret: secret.id, last_four: secret.lastFour },
    mails: await toOwners(desk, application, letter),
  });
  const when = desk.now;
  const outcome = await desk.store.secrets.retire({ clientId, secretId: secret.id, when, now: desk.now, note });
  return outcome === 'changed' ? 'ended' : 'unknown';
}

/** Ends the family of a token that somebody showed us, and tells the owners of the application. */
export async function endLeakedFamily(
  desk: Desk,
  leaked: { readonly familyId: string; readonly applicationId: string },
): Promise<'ended' | 'unknown'> {
  const application = await desk.store.applications.find(leaked.applicationId);
  if (application === undefined) return 'unknown';
  const letter = letters.tokenReported(application.name, portalUrl(desk, application.clientId));
  const note = noteOf(desk, 'application.token_reported', subjectOf(application), {
    mails: await toOwners(desk, application, letter),
  });
  const outcome = await desk.store.families.revoke(leaked.familyId, desk.now, note);
  return outcome === 'revoked' ? 'ended' : 'unknown';
}
