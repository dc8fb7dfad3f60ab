import type { Page } from '../page.ts';
import { DeveloperHomeView } from './home-view.tsx';

/** `/developer/`: what somebody runs, and what they have asked for. */
export const developerHomePage: Page = {
  path: '/developer/',
  guard: 'signed-in',
  get: async ({ services, shell, viewer }) => {
    const { members, registrations } = services.store;
    const [applications, own] = await Promise.all([
      members.applicationsOf(viewer.user.id),
      registrations.listOwn(viewer.user.id),
    ]);
    return { kind: 'page', view: <DeveloperHomeView shell={shell} applications={applications} registrations={own} /> };
  },
};
