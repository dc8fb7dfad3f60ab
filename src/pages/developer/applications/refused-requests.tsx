import type { Viewer } from '../../../http/guards/session.ts';
import { Problem } from '../../../http/problem.ts';
import type { RefusedRequest } from '../../../ports/store/index.ts';
import type { PageRequest, PageResponse } from '../../page.ts';
import { afterRow, listPage, pageSize, readFilters } from '../../shared/filters.ts';
import { membershipOf } from '../members/membership.ts';
import { RefusedRequestsView, RefusedRequestView } from './refused-requests-view.tsx';

/** `/developer/applications/{application}/errors/`: the refused requests, newest first. */
export async function listRefusedRequests(request: PageRequest<Viewer>): Promise<PageResponse> {
  const { application } = await membershipOf(request);
  const { services, context, query } = request;
  const filters = await readFilters(context, query, { after: afterRow });
  return listPage(
    filters,
    (values) => services.store.refusedRequests.list({ ...values, applicationId: application.id, limit: pageSize }),
    (page) => <RefusedRequestsView context={context} application={application} problems={filters.problems} {...page} />,
  );
}

/** `/developer/applications/{application}/errors/{request}/`: why a request was refused. */
export async function showRefusedRequest(request: PageRequest<Viewer>): Promise<PageResponse> {
  const { application } = await membershipOf(request);
  const { services, segments, context } = request;
  const refusal = await services.store.refusedRequests.find(segments.request ?? '', { applicationId: application.id });
  if (refusal === undefined) throw new Problem(404, 'not_found', 'No such request of this application is known');
  return { kind: 'page', view: <RefusedRequestView context={context} application={application} refusal={refusal} /> };
}

/** The refused request that an `error_uri` names. */
export type NamedRequest =
  | { readonly kind: 'none' }
  /** A request is named, but nobody is logged in. */
  | { readonly kind: 'anonymous' }
  /** The request is not stored, or the viewer may not see it. */
  | { readonly kind: 'not-kept' }
  | { readonly kind: 'kept'; readonly refusal: RefusedRequest };

/** Finds the refused request that the query names, if the viewer is a member of its application or an administrator. */
export async function findNamedRequest(request: PageRequest<Viewer | null>): Promise<NamedRequest> {
  const { query, services, viewer } = request;
  const requestId = query.get('request');
  if (requestId === undefined || requestId.length > 100) return { kind: 'none' };
  if (viewer === null) return { kind: 'anonymous' };
  const { id, administratorRole } = viewer.user;
  const reader = administratorRole === null ? { memberId: id } : 'administrators';
  const refusal = await services.store.refusedRequests.find(requestId, reader);
  return refusal === undefined ? { kind: 'not-kept' } : { kind: 'kept', refusal };
}
