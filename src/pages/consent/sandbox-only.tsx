import type { TrustedRequest } from '../../oauth/authorize/checks.ts';
import { endpointPaths } from '../../oauth/metadata.ts';
import type { PageRequest, PageResponse } from '../page.ts';
import { SandboxOnlyView } from './sandbox-only-view.tsx';

/** What somebody sees whom the sandbox can't act for. `resume`: the id under which the request is kept. */
export async function sandboxOnly(
  { services, shell }: PageRequest,
  { application }: TrustedRequest,
  { isMember, resume }: { readonly isMember: boolean; readonly resume: string },
): Promise<PageResponse> {
  const { sandboxUserId } = application;
  const testUser = isMember && sandboxUserId !== null ? await services.store.users.find(sandboxUserId) : undefined;
  const view = (
    <SandboxOnlyView
      shell={{ ...shell, here: `${endpointPaths.authorize}?resume=${resume}` }}
      application={application}
      testUserEmail={testUser?.email ?? null}
      resume={resume}
    />
  );
  return { kind: 'page', view, status: 403 };
}
