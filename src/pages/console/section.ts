import type { PageContext } from '../page-context.ts';
import type { SectionNavigation } from '../ui/layout.tsx';

/** The navigation of the console. */
export function consoleSection({ messages }: PageContext): SectionNavigation {
  const { admin } = messages;
  return {
    label: admin.section,
    links: [
      { href: '/admin/', text: admin.overview },
      { href: '/admin/registrations/', text: admin.registrations },
      { href: '/admin/applications/', text: admin.applications },
      { href: '/admin/users/', text: admin.users },
      { href: '/admin/devices/', text: admin.devices },
      { href: '/admin/mails/', text: admin.mails },
      { href: '/admin/audit/', text: admin.audit },
      { href: '/admin/system/', text: admin.system },
    ],
  };
}

/** The path of a page of the console about one application. `page`: such as `suspend/`; empty for its main page. */
export function consolePathOf(clientId: string, page = ''): string {
  return `/admin/applications/${clientId}/${page}`;
}

/** The text of a notice by its name, which the query has as `done` after an action. `undefined`: no such notice. */
export function noticeFor({ messages }: PageContext, name: string | undefined): string | undefined {
  const { notices } = messages.admin;
  return name !== undefined && Object.hasOwn(notices, name) ? notices[name] : undefined;
}
