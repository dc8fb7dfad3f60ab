import type { TrustedRequest } from '../../oauth/authorize/checks.ts';
import { locationOf } from '../login/return-to.ts';
import type { PageRequest, PageResponse } from '../page.ts';
import { SandboxOnlyView } from './sandbox-only-view.tsx';

/** The page (403) for a user whom the sandbox can't act for. `pendingId`: the ID of the stored request. */
export async function sandboxOnly(
  { services, context }: PageRequest,
  { application }: TrustedRequest,
  { isMember, pendingId }: { readonly isMember: boolean; readonly pendingId: string },
): Promise<PageResponse> {
  const { sandboxUserId } = application;
  const testUser = isMember && sandboxUserId !== null ? await services.store.users.find(sandboxUserId) : undefined;
  const view = (
    <SandboxOnlyView
      context={{ ...context, returnPath: locationOf({ kind: 'request', id: pendingId }) }}
      application={application}
      testUserEmail={testUser?.email ?? null}
      pendingId={pendingId}
    />
  );
  return { kind: 'page', view, status: 403 };
}
