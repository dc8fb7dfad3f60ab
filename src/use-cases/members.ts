import { hash } from 'node:crypto';
import { normaliseEmail } from '../accounts/email.ts';
import { mailTo } from '../mail/template.tsx';
import { mailTemplates } from '../mail/templates.ts';
import type { Application, Invitation, MemberRole, User } from '../ports/store/index.ts';
import { mailsToOwners, portalUrl, subjectOf } from './applications.ts';
import { changeRecord, type UseCaseContext } from './context.ts';

/** Lifetime of an invitation. */
const invitationMs = 7 * 86_400_000;

/**
 * Sends an invitation. The link in the email can be used once within {@link invitationMs}, by an account with that
 * email address.
 */
export async function invite(
  context: UseCaseContext,
  application: Application,
  invitation: { readonly email: string; readonly role: MemberRole; readonly invitedBy: string },
): Promise<'invited' | 'not_an_address' | 'is_member'> {
  const email = normaliseEmail(invitation.email);
  if (email === null) return 'not_an_address';
  const members = await context.store.members.list(application.id);
  if (members.some((member) => member.email === email)) return 'is_member';
  const token = context.random.text(32);
  const content = mailTemplates.invitation(
    application.name,
    invitation.invitedBy,
    `${context.publicUrl}/developer/invitation/?token=${token}`,
  );
  await context.store.members.invite({
    idHash: hashOf(token),
    applicationId: application.id,
    email,
    role: invitation.role,
    createdAt: context.now,
    expiresAt: context.now + invitationMs,
    record: changeRecord(context, 'application.member_invited', subjectOf(application), {
      detail: { email, role: invitation.role },
      mails: [mailTo(email, content)],
    }),
  });
  return 'invited';
}

/** The invitation that the token of a link belongs to; `undefined`: unknown, used, withdrawn or expired. */
export async function findInvitation(context: UseCaseContext, token: string): Promise<Invitation | undefined> {
  return context.store.members.findInvitation(hashOf(token), context.now);
}

/**
 * Makes the user a member, and informs the owners. `gone`: see {@link findInvitation}. `other_address`: the invitation
 * is for another email address.
 */
export async function acceptInvitation(
  context: UseCaseContext,
  token: string,
  user: User,
): Promise<
  { readonly outcome: 'accepted'; readonly application: Application } | { readonly outcome: 'gone' | 'other_address' }
> {
  const invitation = await findInvitation(context, token);
  const application = invitation && (await context.store.applications.find(invitation.applicationId));
  if (invitation === undefined || application === undefined) return { outcome: 'gone' };
  if (invitation.email !== user.email) return { outcome: 'other_address' };
  const url = portalUrl(context, application.clientId, 'members/');
  const content = mailTemplates.memberJoined(application.name, `${user.firstName} ${user.lastName}`, url);
  const outcome = await context.store.members.accept({
    idHash: hashOf(token),
    userId: user.id,
    email: user.email,
    now: context.now,
    record: changeRecord(context, 'application.member_joined', subjectOf(application), {
      detail: { email: user.email, role: invitation.role },
      mails: await mailsToOwners(context, application, content),
    }),
  });
  return outcome === 'accepted' ? { outcome, application } : { outcome };
}

/** `gone`: the invitation was used or withdrawn, or has expired. `idHash` identifies it without its token. */
export async function withdrawInvitation(
  context: UseCaseContext,
  application: Application,
  idHash: string,
): Promise<'withdrawn' | 'gone'> {
  const open = await context.store.members.invitations(application.id, context.now);
  const invitation = open.find((each) => each.idHash === idHash);
  if (invitation === undefined) return 'gone';
  const record = changeRecord(context, 'application.invitation_withdrawn', subjectOf(application), {
    detail: { email: invitation.email },
  });
  return context.store.members.withdrawInvitation(idHash, record);
}

/** `last_owner`: refused, because an application needs an owner. */
export async function removeMember(
  context: UseCaseContext,
  application: Application,
  userId: number,
): Promise<'removed' | 'unknown' | 'last_owner'> {
  const members = await context.store.members.list(application.id);
  const member = members.find((each) => each.userId === userId);
  if (member === undefined) return 'unknown';
  const record = changeRecord(context, 'application.member_removed', subjectOf(application), {
    detail: { email: member.email },
  });
  return context.store.members.remove({ applicationId: application.id, userId, record });
}

/** Transfers the ownership from one member to another, and informs both. */
export async function transfer(
  context: UseCaseContext,
  application: Application,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<'transferred' | 'unknown'> {
  const members = await context.store.members.list(application.id);
  const [oldOwner, newOwner] = [from, to].map((id) => members.find((member) => member.userId === id));
  if (oldOwner === undefined || newOwner === undefined) return 'unknown';
  const content = mailTemplates.ownershipTransferred(
    application.name,
    newOwner.name,
    portalUrl(context, application.clientId),
  );
  const record = changeRecord(context, 'application.transferred', subjectOf(application), {
    before: { owner: oldOwner.email },
    after: { owner: newOwner.email },
    mails: [oldOwner, newOwner].map(({ email }) => mailTo(email, content)),
  });
  return context.store.members.transfer({ applicationId: application.id, from, to, record });
}

/** Makes a user an owner without an invitation. Administrators do this for an application that has lost its owners. */
export async function appoint(context: UseCaseContext, application: Application, user: User): Promise<'added'> {
  const content = mailTemplates.ownershipTransferred(
    application.name,
    `${user.firstName} ${user.lastName}`,
    portalUrl(context, application.clientId),
  );
  const record = changeRecord(context, 'application.owner_appointed', subjectOf(application), {
    detail: { email: user.email },
    mails: [mailTo(user.email, content), ...(await mailsToOwners(context, application, content))],
  });
  return context.store.members.add({
    applicationId: application.id,
    userId: user.id,
    role: 'owner',
    now: context.now,
    record,
  });
}

function hashOf(token: string): string {
  return hash('sha256', token, 'base64url');
}
