import type { Section } from '../ui/layout.tsx';
import type { Shell } from '../ui/shell.ts';

/** The pages of the console, beside each other. */
export function consoleSection({ messages }: Shell): Section {
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

/** A page of the console about one application: `page` is `suspend/`, or nothing for its first page. */
export function adminPathOf(clientId: string, page = ''): string {
  return `/admin/applications/${clientId}/${page}`;
}

/** What was done just now, by the `done` of the address; anything unknown is nothing. */
export function noticeFor({ messages }: Shell, done: string | undefined): string | undefined {
  const { notices } = messages.admin;
  return done !== undefined && Object.hasOwn(notices, done) ? notices[done] : undefined;
}
