import type { Viewer } from '../../../http/guards/session.ts';
import { revokeAll } from '../../../use-cases/applications.ts';
import { transfer } from '../../../use-cases/members.ts';
import { deskOf } from '../../desk.ts';
import type { Page, PageAnswer, PageRequest } from '../../page.ts';
import { ActView } from '../../shared/confirmation-view.tsx';
import { Select } from '../../ui/forms/select.tsx';
import { membershipOf, pathOfApplication, sectionOf } from '../members/membership.ts';

/** `/developer/applications/{application}/disconnect-all/` */
export const disconnectAllPage: Page = {
  path: '/developer/applications/:application/disconnect-all/',
  guard: 'signed-in',
  sensitive: true,
  get: async (request) => askToDisconnect(request),
  post: async (request) => {
    const { application } = await membershipOf(request, 'owner');
    const { clientId } = application;
    if (request.form.get('typed')?.trim() !== clientId) return askToDisconnect(request, true);
    const ended = await revokeAll(deskOf(request), clientId);
    return { kind: 'redirect', location: pathOfApplication(clientId, `?disconnected=${ended}`) };
  },
};

async function askToDisconnect(request: PageRequest<Viewer>, mismatch = false): Promise<PageAnswer> {
  const { application } = await membershipOf(request, 'owner');
  const { users } = await request.services.store.applications.impact(application.id);
  const { shell } = request;
  const texts = shell.messages.developer.disconnectAll;
  const view = (
    <ActView
      shell={shell}
      section={sectionOf(shell, application.clientId)}
      name={texts.submit}
      title={texts.title}
      effects={texts.effects(users)}
      submit={texts.submit}
      danger
      back={{ href: pathOfApplication(application.clientId), text: texts.keep }}
      errors={mismatch ? [{ field: 'typed', text: texts.mismatch }] : []}
      typed={{ label: texts.typed, hint: application.clientId }}
    />
  );
  return { kind: 'page', view, status: mismatch ? 400 : 200 };
}

/** `/developer/applications/{application}/transfer/` */
export const transferPage: Page = {
  path: '/developer/applications/:application/transfer/',
  guard: 'signed-in',
  sensitive: true,
  get: async (request) => askToTransfer(request),
  post: async (request) => {
    const { application } = await membershipOf(request, 'owner');
    const { clientId } = application;
    if (request.form.get('typed')?.trim() !== clientId) return askToTransfer(request, 'mismatch');
    const to = Number(request.form.get('to'));
    const outcome = await transfer(deskOf(request), application, { from: request.viewer.user.id, to });
    if (outcome === 'unknown') return askToTransfer(request, 'unknown');
    return { kind: 'redirect', location: pathOfApplication(clientId, 'members/?done=transferred') };
  },
};

async function askToTransfer(request: PageRequest<Viewer>, wrong?: 'mismatch' | 'unknown'): Promise<PageAnswer> {
  const { application } = await membershipOf(request, 'owner');
  const members = await request.services.store.members.list(application.id);
  const others = members.filter(({ role }) => role === 'member');
  const { shell } = request;
  const { disconnectAll, members: texts } = shell.messages.developer;
  const wrongText = wrong === 'mismatch' ? disconnectAll.mismatch : texts.problems.unknown;
  const view = (
    <ActView
      shell={shell}
      section={sectionOf(shell, application.clientId)}
      name={texts.transferTitle}
      title={texts.transferTitle}
      effects={texts.transferEffects}
      submit={shell.messages.developer.application.transfer}
      danger
      back={{ href: pathOfApplication(application.clientId), text: disconnectAll.keep }}
      errors={wrong === undefined ? [] : [{ field: wrong === 'mismatch' ? 'typed' : 'to', text: wrongText }]}
      typed={{ label: disconnectAll.typed, hint: application.clientId }}
      {...(others.length === 0 && { obstacle: texts.nobody })}
    >
      <Select
        name="to"
        label={texts.transferTo}
        options={others.map(({ userId, name, email }) => ({ value: String(userId), text: `${name} (${email})` }))}
      />
    </ActView>
  );
  return { kind: 'page', view, status: wrong === undefined ? 200 : 400 };
}
