import { endpointPaths } from '../oauth/metadata.ts';
import { showAccount } from './account/account.tsx';
import { confirmPassword } from './account/confirm.tsx';
import { disconnectApplication } from './account/disconnect.tsx';
import { changeOwnPassword } from './account/password.tsx';
import { showApiReference, showApiReferenceMarkdown } from './api-reference/api-reference.tsx';
import { authorizeApplication } from './consent/authorize.tsx';
import { resumeApplication, revokeAllTokens, suspendApplication } from './console/applications/access.tsx';
import { showApplication } from './console/applications/application.tsx';
import { listApplications } from './console/applications/applications.tsx';
import { appointOwner } from './console/applications/appoint-owner.tsx';
import { changeGrantType } from './console/applications/grant-type.tsx';
import { revokeSecretOfApplication } from './console/applications/revoke-secret.tsx';
import { editTokenPolicy } from './console/applications/token-policy.tsx';
import { downloadAuditLog, showAuditLog } from './console/audit.tsx';
import { addOneDevice } from './console/devices/add-device.tsx';
import { reassignDevice } from './console/devices/assign-device.tsx';
import { showDevice } from './console/devices/device.tsx';
import { confirmImport, importDevices } from './console/devices/device-import.tsx';
import { listRegisteredDevices } from './console/devices/devices.tsx';
import { showConsole } from './console/home.tsx';
import { inspectMail, listMails } from './console/mails.tsx';
import { approveRegistration, declineRegistration } from './console/registrations/decide.tsx';
import { reviewRegistration } from './console/registrations/registration.tsx';
import { listRegistrations } from './console/registrations/registrations.tsx';
import { showSystem } from './console/system.tsx';
import { showUser } from './console/users/user.tsx';
import { changeRole, disableUser, disconnectUser, enableUser, logUserOut } from './console/users/user-actions.tsx';
import { listUsers } from './console/users/users.tsx';
import { showOwnApplication } from './developer/applications/application.tsx';
import { editCallbacks } from './developer/applications/callbacks.tsx';
import { checkTypedCallbacks } from './developer/applications/check-callbacks.ts';
import { disconnectAllUsers } from './developer/applications/disconnect-users.tsx';
import { requestGrantType } from './developer/applications/grant-type.tsx';
import { showHistory } from './developer/applications/history.tsx';
import { listRefusedRequests, showRefusedRequest } from './developer/applications/refused-requests.tsx';
import { manageTestUser } from './developer/applications/sandbox.tsx';
import { createOwnSecret, revokeOwnSecret } from './developer/applications/secrets.tsx';
import { transferOwnership } from './developer/applications/transfer-ownership.tsx';
import { showPortal } from './developer/home.tsx';
import { joinApplication } from './developer/members/invitation.tsx';
import { manageMembers } from './developer/members/members.tsx';
import { editRegistration } from './developer/registrations/edit-registration.tsx';
import { registerApplication } from './developer/registrations/new-registration.tsx';
import { discussRegistration, withdrawRegistration } from './developer/registrations/registration.tsx';
import { activateDevice } from './devices/activation.tsx';
import { showErrorCode, showErrorCodes } from './docs/errors/errors.tsx';
import { readSources } from './docs/files.ts';
import { searchDocumentation, showDocument } from './docs/pages.tsx';
import { downloadExample, showDocumentMarkdown, showErrorCodesMarkdown, showLlmsText } from './docs/plain-texts.ts';
import { markdownPathOf, pathOfPage } from './docs/source.ts';
import { showComponents } from './gallery/gallery.tsx';
import { administrators, anyone, confirmed, loggedIn } from './guard.ts';
import { showHome } from './home/home.tsx';
import { chooseTheme } from './home/theme.ts';
import { logIn } from './login/login.tsx';
import { logOut } from './login/logout.tsx';
import { createAccount } from './login/signup.tsx';
import { page, type SitePage } from './routes.ts';
import { showRunTheFlow } from './run-the-flow/run-the-flow.tsx';

const documents = readSources().map(({ name }) => name);

/** The sitemap: each page with its methods, its path, its guard and its handler. */
// biome-ignore format: each page is one line
export const sitemap: readonly SitePage[] = [
  // Anyone: home page, login, authorization
  page('GET', '/', anyone, showHome),
  page('POST', '/theme/', anyone, chooseTheme),
  page('GET POST', '/login/', anyone, logIn),
  page('GET POST', '/signup/', anyone, createAccount),
  page('GET POST', '/logout/', anyone, logOut),
  page('GET POST', endpointPaths.authorize, anyone, authorizeApplication),

  // Account holders
  page('GET', '/account/', loggedIn, showAccount),
  page('GET POST', '/account/applications/:authorization/disconnect/', loggedIn, disconnectApplication),
  page('GET POST', '/account/password/', loggedIn, changeOwnPassword),
  page('GET POST', '/account/confirm/', loggedIn, confirmPassword),
  page('GET POST', '/device-activation/', loggedIn, activateDevice),

  // Documentation
  page('GET', '/docs/errors/', anyone, showErrorCodes),
  page('GET', '/docs/errors/:code/', anyone, showErrorCode),
  page('GET', '/docs/search/', anyone, searchDocumentation),
  page('GET', '/docs/api/', anyone, showApiReference),
  page('GET', '/docs/run-the-flow/', anyone, showRunTheFlow),
  ...documents.map((name) => page('GET', pathOfPage(name), anyone, showDocument(name))),

  // Portal of the developers: their registrations, then their applications
  page('GET', '/developer/', loggedIn, showPortal),
  page('GET POST', '/developer/register/', loggedIn, registerApplication),
  page('GET', '/developer/check-callbacks/', loggedIn, checkTypedCallbacks),
  page('GET POST', '/developer/registrations/:registration/', loggedIn, discussRegistration),
  page('GET POST', '/developer/registrations/:registration/edit/', loggedIn, editRegistration),
  page('GET POST', '/developer/registrations/:registration/withdraw/', loggedIn, withdrawRegistration),
  page('GET POST', '/developer/invitation/', loggedIn, joinApplication),
  page('GET', '/developer/applications/:application/', loggedIn, showOwnApplication),
  page('GET POST', '/developer/applications/:application/secrets/', confirmed(loggedIn), createOwnSecret),
  page('GET POST', '/developer/applications/:application/secrets/:secret/', confirmed(loggedIn), revokeOwnSecret),
  page('GET POST', '/developer/applications/:application/callbacks/', loggedIn, editCallbacks),
  page('GET', '/developer/applications/:application/errors/', loggedIn, listRefusedRequests),
  page('GET', '/developer/applications/:application/errors/:request/', loggedIn, showRefusedRequest),
  page('GET POST', '/developer/applications/:application/members/', loggedIn, manageMembers),
  page('GET POST', '/developer/applications/:application/grant-type/', loggedIn, requestGrantType),
  page('GET', '/developer/applications/:application/history/', loggedIn, showHistory),
  page('GET POST', '/developer/applications/:application/disconnect-all/', confirmed(loggedIn), disconnectAllUsers),
  page('GET POST', '/developer/applications/:application/transfer/', confirmed(loggedIn), transferOwnership),
  page('GET POST', '/developer/applications/:application/sandbox/', loggedIn, manageTestUser),

  // Console of the administrators: registrations
  page('GET', '/admin/', administrators('read'), showConsole),
  page('GET', '/admin/registrations/', administrators('read'), listRegistrations),
  page('GET POST', '/admin/registrations/:registration/', administrators('read', 'answer'), reviewRegistration),
  page('GET POST', '/admin/registrations/:registration/approve/', administrators('administer'), approveRegistration),
  page('GET POST', '/admin/registrations/:registration/decline/', administrators('administer'), declineRegistration),
  // Applications
  page('GET', '/admin/applications/', administrators('read'), listApplications),
  page('GET', '/admin/applications/:application/', administrators('read'), showApplication),
  page('GET POST', '/admin/applications/:application/suspend/', confirmed(administrators('administer')), suspendApplication),
  page('GET POST', '/admin/applications/:application/resume/', confirmed(administrators('administer')), resumeApplication),
  page('GET POST', '/admin/applications/:application/revoke-all/', confirmed(administrators('administer')), revokeAllTokens),
  page('GET POST', '/admin/applications/:application/policy/', confirmed(administrators('administer')), editTokenPolicy),
  page('GET POST', '/admin/applications/:application/appoint/', confirmed(administrators('administer')), appointOwner),
  page('GET POST', '/admin/applications/:application/secrets/:secret/', confirmed(administrators('administer')), revokeSecretOfApplication),
  page('GET POST', '/admin/applications/:application/grant-type/', confirmed(administrators('administer')), changeGrantType),
  // Users
  page('GET', '/admin/users/', administrators('read'), listUsers),
  page('GET', '/admin/users/:user/', administrators('read'), showUser),
  page('GET POST', '/admin/users/:user/disable/', confirmed(administrators('administer')), disableUser),
  page('GET POST', '/admin/users/:user/enable/', confirmed(administrators('administer')), enableUser),
  page('GET POST', '/admin/users/:user/end-sessions/', confirmed(administrators('administer')), logUserOut),
  page('GET POST', '/admin/users/:user/end-authorizations/', confirmed(administrators('administer')), disconnectUser),
  page('GET POST', '/admin/users/:user/role/', confirmed(administrators('administer')), changeRole),
  // Devices
  page('GET', '/admin/devices/', administrators('read'), listRegisteredDevices),
  page('GET POST', '/admin/devices/add/', administrators('administer'), addOneDevice),
  page('GET POST', '/admin/devices/import/', administrators('administer'), importDevices),
  page('GET POST', '/admin/devices/import/:list/', administrators('administer'), confirmImport),
  page('GET', '/admin/devices/:device/', administrators('read'), showDevice),
  page('GET POST', '/admin/devices/:device/assign/', confirmed(administrators('administer')), reassignDevice),
  // Mails, audit log, system
  page('GET', '/admin/mails/', administrators('read'), listMails),
  page('GET POST', '/admin/mails/:mail/', administrators('administer'), inspectMail),
  page('GET', '/admin/audit/', administrators('read'), showAuditLog),
  page('GET', '/admin/audit/export/', administrators('read'), downloadAuditLog),
  page('GET', '/admin/system/', administrators('read'), showSystem),
];

/** The documentation as plain text. */
export const plainTexts: readonly SitePage[] = [
  page('GET', '/docs/llms.txt', anyone, showLlmsText),
  page('GET', '/docs/api.md', anyone, showApiReferenceMarkdown),
  page('GET', '/docs/errors.md', anyone, showErrorCodesMarkdown),
  page('GET', '/docs/examples/:language/:file', anyone, downloadExample),
  ...documents.map((name) => page('GET', markdownPathOf(name), anyone, showDocumentMarkdown(name))),
];

/** Pages for developers of this product, in demo mode only. */
export const demoPages: readonly SitePage[] = [page('GET', '/docs/ui/', anyone, showComponents)];
