import type { Page } from '../page.ts';
import { UiView } from './gallery-view.tsx';

/** `/docs/ui/`: all components together, in demo mode. */
export const galleryPage: Page = {
  path: '/docs/ui/',
  guard: 'anyone',
  get: async ({ shell }) => ({ kind: 'page', view: <UiView shell={shell} /> }),
};
