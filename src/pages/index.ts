import type { FastifyInstance } from 'fastify';
import { registerCookies } from '../http/cookies.ts';
import { acceptOnlyForms } from '../http/form-body.ts';
import { writeProblemsWith } from '../http/server.ts';
import type { Services } from '../http/services.ts';
import { accountPage } from './account/account.tsx';
import { disconnectPage } from './account/disconnect.tsx';
import { passwordPage } from './account/password.tsx';
import { registerAssets } from './assets.ts';
import { authorizePage } from './consent/authorize.tsx';
import { activationPage } from './devices/activation.tsx';
import { errorPage, errorsPage } from './docs/errors.tsx';
import { documentationFor, documentPages, searchPage } from './docs/pages.tsx';
import { plainTexts } from './docs/plain-texts.ts';
import { galleryPage } from './docs/ui.tsx';
import { homePage } from './home/home.tsx';
import { themePage } from './home/theme.ts';
import { type Page, registerPage } from './page.ts';
import { pageProblems } from './problems.tsx';
import { loginPage } from './sign-in/login.tsx';
import { logoutPage } from './sign-in/logout.tsx';
import { signupPage } from './sign-in/signup.tsx';

/** The sitemap: every page, and nothing that is not here is one. To add a page: its file, and its line here. */
export const sitemap: readonly Page[] = [
  homePage,
  themePage,
  loginPage,
  signupPage,
  logoutPage,
  authorizePage,
  accountPage,
  disconnectPage,
  passwordPage,
  activationPage,
  errorsPage,
  errorPage,
  searchPage,
  ...documentPages,
];

/** Pages that show how the product is made; only there in demo mode. */
const demoPages: readonly Page[] = [galleryPage];

export function registerPages(server: FastifyInstance, services: Services): void {
  registerAssets(server);
  // A page that can't be made is found out now, not by its first reader.
  documentationFor(services.config);
  server.register(async (app) => {
    registerCookies(app);
    acceptOnlyForms(app);
    writeProblemsWith(app, pageProblems(services.config));
    const pages = services.config.demo ? [...sitemap, ...demoPages] : sitemap;
    for (const page of [...pages, ...plainTexts]) registerPage(app, services, page);
  });
}
