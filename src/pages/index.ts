import type { FastifyInstance } from 'fastify';
import { registerCookies } from '../http/cookies.ts';
import { acceptOnlyForms } from '../http/form-body.ts';
import { LargeBodies } from '../http/large-bodies.ts';
import { writeProblemsWith } from '../http/server.ts';
import type { Services } from '../http/services.ts';
import { accountPage } from './account/account.tsx';
import { confirmPage } from './account/confirm.tsx';
import { disconnectPage } from './account/disconnect.tsx';
import { passwordPage } from './account/password.tsx';
import { adminApplicationPage } from './admin/application.tsx';
import {
  adminRetireSecretPage,
  appointPage,
  policyPage,
  resumePage,
  revokeAllPage,
  suspendPage,
} from './admin/application-acts.tsx';
import { applicationsPage } from './admin/applications.tsx';
import { auditExportPage, auditPage } from './admin/audit.tsx';
import { approvePage, declinePage } from './admin/decide.tsx';
import { addDevicePage, adminDevicePage, assignDevicePage } from './admin/device.tsx';
import { finishImportPage, importPage } from './admin/device-import.tsx';
import { adminDevicesPage } from './admin/devices.tsx';
import { adminGrantTypePage } from './admin/grant-type.tsx';
import { adminHomePage } from './admin/home.tsx';
import { mailPage, mailsPage } from './admin/mails.tsx';
import { reviewPage } from './admin/registration.tsx';
import { queuePage } from './admin/registrations.tsx';
import { systemPage } from './admin/system.tsx';
import { userPage } from './admin/user.tsx';
import { disablePage, enablePage, endAuthorizationsPage, endSessionsPage, rolePage } from './admin/user-acts.tsx';
import { usersPage } from './admin/users.tsx';
import { apiReferenceMarkdownPage, apiReferencePage } from './api-reference/api-reference.tsx';
import { registerAssets } from './assets.ts';
import { authorizePage } from './consent/authorize.tsx';
import { applicationPage } from './developer/application.tsx';
import { callbacksPage } from './developer/callbacks.tsx';
import { checkCallbacksPage } from './developer/check-callbacks.ts';
import { disconnectAllPage, transferPage } from './developer/danger.tsx';
import { editRegistrationPage } from './developer/edit-registration.tsx';
import { errorPage as refusalPage, errorsPage as refusalsPage } from './developer/errors.tsx';
import { grantTypePage } from './developer/grant-type.tsx';
import { historyPage } from './developer/history.tsx';
import { developerHomePage } from './developer/home.tsx';
import { invitationPage } from './developer/invitation.tsx';
import { membersPage } from './developer/members.tsx';
import { registerPage as registrationFormPage } from './developer/register.tsx';
import { registrationPage, withdrawPage } from './developer/registration.tsx';
import { sandboxPage } from './developer/sandbox.tsx';
import { retireSecretPage, secretsPage } from './developer/secrets.tsx';
import { activationPage } from './devices/activation.tsx';
import { errorPage, errorsPage } from './docs/errors.tsx';
import { documentPages, searchPage } from './docs/pages.tsx';
import { plainTexts } from './docs/plain-texts.ts';
import { galleryPage } from './docs/ui.tsx';
import { homePage } from './home/home.tsx';
import { themePage } from './home/theme.ts';
import { type Page, registerPage } from './page.ts';
import { pageProblems } from './problems.tsx';
import { runTheFlowPage } from './run-the-flow/run-the-flow.tsx';
import { loginPage } from './sign-in/login.tsx';
import { logoutPage } from './sign-in/logout.tsx';
import { signupPage } from './sign-in/signup.tsx';

const portal: readonly Page[] = [
  developerHomePage,
  registrationFormPage,
  checkCallbacksPage,
  registrationPage,
  editRegistrationPage,
  withdrawPage,
  invitationPage,
  applicationPage,
  secretsPage,
  retireSecretPage,
  callbacksPage,
  refusalsPage,
  refusalPage,
  membersPage,
  grantTypePage,
  historyPage,
  disconnectAllPage,
  transferPage,
  sandboxPage,
];

const staffConsole: readonly Page[] = [
  adminHomePage,
  queuePage,
  reviewPage,
  approvePage,
  declinePage,
  applicationsPage,
  adminApplicationPage,
  suspendPage,
  resumePage,
  revokeAllPage,
  policyPage,
  appointPage,
  adminRetireSecretPage,
  adminGrantTypePage,
  usersPage,
  userPage,
  disablePage,
  enablePage,
  endSessionsPage,
  endAuthorizationsPage,
  rolePage,
  adminDevicesPage,
  addDevicePage,
  importPage,
  finishImportPage,
  adminDevicePage,
  assignDevicePage,
  mailsPage,
  mailPage,
  auditPage,
  auditExportPage,
  systemPage,
];

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
  confirmPage,
  activationPage,
  errorsPage,
  errorPage,
  searchPage,
  apiReferencePage,
  runTheFlowPage,
  ...documentPages,
  ...portal,
  ...staffConsole,
];

/** Pages that show how the product is made; only there in demo mode. */
const demoPages: readonly Page[] = [galleryPage];

export function registerPages(server: FastifyInstance, services: Services): void {
  registerAssets(server);
  server.register(async (app) => {
    registerCookies(app);
    acceptOnlyForms(app);
    writeProblemsWith(app, pageProblems(services.config));
    const site = { services, largeBodies: new LargeBodies() };
    const pages = services.config.demo ? [...sitemap, ...demoPages] : sitemap;
    for (const page of [...pages, apiReferenceMarkdownPage, ...plainTexts]) registerPage(app, site, page);
  });
}
