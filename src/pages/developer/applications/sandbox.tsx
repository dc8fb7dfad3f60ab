import type { Viewer } from '../../../http/guards/session.ts';
import { Problem } from '../../../http/problem.ts';
import type { Application, User } from '../../../ports/store/index.ts';
import { resetSandboxPassword } from '../../../use-cases/sandbox.ts';
import type { FormPage, PageRequest, PageResponse } from '../../page.ts';
import { createdPasswordHasher } from '../../shared/created-password.ts';
import { SecretView } from '../../shared/secret-view.tsx';
import { contextForUseCase } from '../../use-case-context.ts';
import { membershipOf, pathOfApplication, sectionOf } from '../members/membership.ts';
import { SandboxView } from './sandbox-view.tsx';

/** `/developer/applications/{application}/sandbox/`: the test user of a sandbox; a POST creates a password for them. */
export const manageTestUser: FormPage<Viewer> = {
  get: async (request) => {
    const { application, manager } = await sandboxOf(request);
    return {
      kind: 'page',
      view: <SandboxView context={request.context} application={application} email={manager.email} />,
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

async function make(request: PageRequest<Viewer>): Promise<PageResponse> {
  const { application, manager } = await sandboxOf(request);
  const password = await resetSandboxPassword(contextForUseCase(request), manager, createdPasswordHasher(request));
  const { context } = request;
  const texts = context.messages.developer.sandbox;
  const view = (
    <SecretView
      context={context}
      section={sectionOf(context, application.clientId)}
      title={texts.made}
      secret={password}
      copyNow={texts.copyNow}
      done={{ href: pathOfApplication(application.clientId), text: context.messages.developer.secrets.stored }}
    />
  );
  return { kind: 'page', view };
}
