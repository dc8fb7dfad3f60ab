import type { Viewer } from '../../../http/guards/session.ts';
import { Problem } from '../../../http/problem.ts';
import type { Application, User } from '../../../ports/store/index.ts';
import { resetSandboxPassword } from '../../../use-cases/sandbox.ts';
import { deskOf } from '../../desk.ts';
import type { Page, PageAnswer, PageRequest } from '../../page.ts';
import { createdPasswordHasher } from '../../shared/created-password.ts';
import { SecretView } from '../../shared/secret-view.tsx';
import { membershipOf, pathOfApplication, sectionOf } from '../members/membership.ts';
import { SandboxView } from './sandbox-view.tsx';

/** `/developer/applications/{application}/sandbox/`: the test user of a sandbox; a POST creates a password for them. */
export const sandboxPage: Page = {
  path: '/developer/applications/:application/sandbox/',
  guard: 'signed-in',
  get: async (request) => {
    const { application, manager } = await sandboxOf(request);
    return {
      kind: 'page',
      view: <SandboxView shell={request.shell} application={application} email={manager.email} />,
    };
  },
  post: make,
};

async function sandboxOf(request: PageRequest<Viewer>): Promise<{ application: Application; manager: User }> {
  const { application } = await membershipOf(request);
  const { sandboxUserId } = application;
  const manager = sandboxUserId === null ? undefined : await request.services.store.users.find(sandboxUserId);
  if (manager === undefined) throw new Problem(404, 'not_found', 'This application is no sandbox');
  return { application, manager };
}

async function make(request: PageRequest<Viewer>): Promise<PageAnswer> {
  const { application, manager } = await sandboxOf(request);
  const password = await resetSandboxPassword(deskOf(request), manager, createdPasswordHasher(request));
  const { shell } = request;
  const texts = shell.messages.developer.sandbox;
  const view = (
    <SecretView
      shell={shell}
      section={sectionOf(shell, application.clientId)}
      title={texts.made}
      secret={password}
      copyNow={texts.copyNow}
      done={{ href: pathOfApplication(application.clientId), text: shell.messages.developer.secrets.stored }}
    />
  );
  return { kind: 'page', view };
}
