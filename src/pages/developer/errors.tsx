import type { Viewer } from '../../http/guards/session.ts';
import { Problem } from '../../http/problem.ts';
import type { RefusedRequest } from '../../ports/store/index.ts';
import type { Page, PageRequest } from '../page.ts';
import { ErrorsView, ErrorView } from './errors-view.tsx';
import { membershipOf } from './member.ts';

const pageSize = 50;

/** `/developer/applications/{application}/errors/`: why requests failed. */
export const errorsPage: Page = {
  path: '/developer/applications/:application/errors/',
  guard: 'signed-in',
  get: async (request) => {
    const { application } = await membershipOf(request);
    const after = request.query.get('after');
    const listed = await request.services.store.refusals.list({
      applicationId: application.id,
      limit: pageSize,
      ...(after !== undefined && /^[0-9]{1,15}$/.test(after) && { after }),
    });
    return { kind: 'page', view: <ErrorsView shell={request.shell} application={application} {...listed} /> };
  },
};

/** `/developer/applications/{application}/errors/{request}/` */
export const errorPage: Page = {
  path: '/developer/applications/:application/errors/:request/',
  guard: 'signed-in',
  get: async (request) => {
    const { application } = await membershipOf(request);
    const refusal = await request.services.store.refusals.find(request.segments.request ?? '');
    if (refusal === undefined || refusal.applicationId !== application.id) {
      throw new Problem(404, 'not_found', 'No such request of this application is known');
    }
    return { kind: 'page', view: <ErrorView shell={request.shell} application={application} refusal={refusal} /> };
  },
};

/** The refused request that an answer's `error_uri` names, if the viewer is one of its application's people. */
export async function refusalForMember(request: PageRequest<Viewer | null>): Promise<RefusedRequest | undefined> {
  const { query, services, viewer } = request;
  const requestId = query.get('request');
  if (viewer === null || requestId === undefined || requestId.length > 100) return undefined;
  const refusal = await services.store.refusals.find(requestId);
  if (refusal === undefined) return undefined;
  const role = await services.store.members.roleOf(refusal.applicationId, viewer.user.id);
  return role === undefined && viewer.user.staffRole === null ? undefined : refusal;
}
