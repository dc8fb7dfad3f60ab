import type { Page } from '../page.ts';
import { HomeView } from './home-view.tsx';

/** `/` */
export const homePage: Page = {
  path: '/',
  guard: 'anyone',
  get: async ({ shell }) => ({ kind: 'page', view: <HomeView shell={shell} /> }),
};
