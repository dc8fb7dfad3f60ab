import type { Viewer } from '../../../http/guards/session.ts';
import { Problem } from '../../../http/problem.ts';
import type { MemberRole, Membership } from '../../../ports/store/index.ts';
import type { PageRequest } from '../../page.ts';
import type { PageContext } from '../../page-context.ts';
import type { SectionNavigation } from '../../ui/layout.tsx';

/**
 * The application that the path names, with the viewer's role in it.
 * @throws {Problem} 404 if the viewer is not a member; 403 if `needs` is `owner` and the viewer is not one
 */
export async function membershipOf(
  { services, segments, viewer }: PageRequest<Viewer>,
  needs: MemberRole = 'member',
): Promise<Membership> {
  const membership = await services.store.members.membershipOf(segments.application ?? '', viewer.user.id);
  if (membership === undefined) throw new Problem(404, 'not_found', 'There is no such application of yours');
  if (needs === 'owner' && membership.role !== 'owner')
    throw new Problem(403, 'owners_only', 'Only owners may do this');
  return membership;
}

/** The path of a page of an application. `page`: such as `secrets/`; empty for its main page. */
export function pathOfApplication(clientId: string, page = ''): string {
  return `/developer/applications/${clientId}/${page}`;
}

/** The navigation of one application. */
export function applicationSection({ messages }: PageContext, clientId: string): SectionNavigation {
  const { application, section } = messages.developer;
  const link = (page: string, text: string) => ({ href: pathOfApplication(clientId, page), text });
  return {
    label: section,
    links: [
      link('', application.overview),
      link('secrets/', application.secrets),
      link('callbacks/', application.callbacks),
      link('errors/', application.errors),
      link('members/', application.members),
      link('grant-type/', application.grantType),
      link('history/', application.history),
    ],
  };
}
