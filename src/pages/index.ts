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
import { apiReferenceMarkdownPage, apiReferencePage } from './api-reference/api-reference.tsx';
import { registerAssets } from './assets.ts';
import { authorizePage } from './consent/authorize.tsx';
import { adminApplicationPage } from './console/applications/application.tsx';
import {
  adminRetireSecretPage,
  appointPage,
  policyPage,
  resumePage,
  revokeAllPage,
  suspendPage,
} from './console/applications/application-actions.tsx';
import { applicationsPage } from './console/applications/applications.tsx';
import { adminGrantTypePage } from './console/applications/grant-type.tsx';
import { auditExportPage, auditPage } from './console/audit.tsx';
import { addDevicePage, adminDevicePage, assignDevicePage } from './console/devices/device.tsx';
import { finishImportPage, importPage } from './console/devices/device-import.tsx';
import { adminDevicesPage } from './console/devices/devices.tsx';
import { adminHomePage } from './console/home.tsx';
import { mailPage, mailsPage } from './console/mails.tsx';
import { approvePage, declinePage } from './console/registrations/decide.tsx';
import { reviewPage } from './console/registrations/registration.tsx';
import { queuePage } from './console/registrations/registrations.tsx';
import { systemPage } from './console/system.tsx';
import { userPage } from './console/users/user.tsx';
import {
  disablePage,
  enablePage,
  endAuthorizationsPage,
  endSessionsPage,
  rolePage,
} from './console/users/user-actions.tsx';
import { usersPage } from './console/users/users.tsx';
import { applicationPage } from './developer/applications/application.tsx';
import { callbacksPage } from './developer/applications/callbacks.tsx';
import { checkCallbacksPage } from './developer/applications/check-callbacks.ts';
import { disconnectAllPage, transferPage } from './developer/applications/danger.tsx';
import { grantTypePage } from './developer/applications/grant-type.tsx';
import { historyPage } from './developer/applications/history.tsx';
import { errorPage as refusalPage, errorsPage as refusalsPage } from './developer/applications/refused-requests.tsx';
import { sandboxPage } from './developer/applications/sandbox.tsx';
import { retireSecretPage, secretsPage } from './developer/applications/secrets.tsx';
import { developerHomePage } from './developer/home.tsx';
import { invitationPage } from './developer/members/invitation.tsx';
import { membersPage } from './developer/members/members.tsx';
import { editRegistrationPage } from './developer/registrations/edit-registration.tsx';
import { registerPage as registrationFormPage } from './developer/registrations/new-registration.tsx';
import { registrationPage, withdrawPage } from './developer/registrations/registration.tsx';
import { activationPage } from './devices/activation.tsx';
import { errorPage, errorsPage } from './docs/errors/errors.tsx';
import { documentPages, searchPage } from './docs/pages.tsx';
import { plainTexts } from './docs/plain-texts.ts';
import { galleryPage } from './gallery/gallery.tsx';
import { homePage } from './home/home.tsx';
import { themePage } from './home/theme.ts';
import { loginPage } from './login/login.tsx';
import { logoutPage } from './login/logout.tsx';
import { signupPage } from './login/signup.tsx';
import { type Page, registerPage } from './page.ts';
import { pageProblems } from './problems.tsx';
import { runTheFlowPage } from './run-the-flow/run-the-flow.tsx';

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
