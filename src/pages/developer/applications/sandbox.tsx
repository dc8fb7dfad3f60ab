import type { Viewer } from '../../../http/guards/session.ts';
import { Problem } from '../../../http/problem.ts';
import type { Application, User } from '../../../ports/store/index.ts';
import { resetSandboxPassword } from '../../../use-cases/sandbox.ts';
import type { FormPage, PageRequest, PageResponse } from '../../page.ts';
import { createdPasswordHasher } from '../../shared/created-password.ts';
import { SecretView } from '../../shared/secret-view.tsx';
import { contextForUseCase } from '../../use-case-context.ts';
import { applicationSection, membershipOf, pathOfApplication } from '../members/membership.ts';
import { SandboxView } from './sandbox-view.tsx';

/** `/developer/applications/{application}/sandbox/`: the test user of a sandbox; a POST creates a password. */
export const manageTestUser: FormPage<Viewer> = {
  get: async (request) => {
    const { application, testUser } = await sandboxOf(request);
    return {
      kind: 'page',
      view: <SandboxView context={request.context} application={application} email={testUser.email} />,
    };
  },
  post: createPassword,
};

async function sandboxOf(request: PageRequest<Viewer>): Promise<{ application: Application; testUser: User }> {
  const { application } = await membershipOf(request);
  const { sandboxUserId } = application;
  const testUser = sandboxUserId === null ? undefined : await request.services.store.users.find(sandboxUserId);
  if (testUser === undefined) throw new Problem(404, 'not_found', 'This application is no sandbox');
  return { application, testUser };
}

async function createPassword(request: PageRequest<Viewer>): Promise<PageResponse> {
  const { application, testUser } = await sandboxOf(request);
  const password = await resetSandboxPassword(contextForUseCase(request), testUser, createdPasswordHasher(request));
  const { context } = request;
  const texts = context.messages.developer.sandbox;
  const view = (
    <SecretView
      context={context}
      section={applicationSection(context, application.clientId)}
      title={texts.made}
      secret={password}
      copyNow={texts.copyNow}
      next={{ href: pathOfApplication(application.clientId), text: context.messages.developer.secrets.stored }}
    />
  );
  return { kind: 'page', view };
}
