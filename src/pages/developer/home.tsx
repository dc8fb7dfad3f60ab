import type { Viewer } from '../../http/guards/session.ts';
import type { PageRequest, PageResponse } from '../page.ts';
import { PortalHomeView } from './home-view.tsx';

/** `/developer/`: the viewer's applications and registrations. */
export async function showPortal({ services, context, viewer }: PageRequest<Viewer>): Promise<PageResponse> {
  const { members, registrations } = services.store;
  const [applications, own] = await Promise.all([
    members.applicationsOf(viewer.user.id),
    registrations.listOwn(viewer.user.id),
  ]);
  return {
    kind: 'page',
    view: <PortalHomeView context={context} applications={applications} registrations={own} />,
  };
}
