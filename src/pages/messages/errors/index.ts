import type { OAuthErrorCode, OwnCause } from '../../../oauth/errors/index.ts';
import type { CauseExplanation, Explanation } from '../explanation.ts';
import { apiCauses } from './api.ts';
import { authorizationRequestCauses, authorizationRequestCodes } from './authorization-requests.ts';
import { clientCauses, clientCodes } from './clients.ts';
import { codeCauses, grantCodes, loginCauses, raceCauses, refreshCauses } from './grants.ts';
import { grantTypeCauses, grantTypeCodes, requestCauses, requestCodes, scopeCodes } from './requests.ts';
import { revocationCauses } from './revocations.ts';
import { serverCodes } from './server.ts';

/**
 * The explanation of each error code of the OAuth endpoints, in English, in the order of the documentation. The type
 * requires one for each code.
 */
export const oauthErrors: Readonly<Record<OAuthErrorCode, Explanation>> = {
  ...requestCodes,
  ...clientCodes,
  ...grantCodes,
  ...grantTypeCodes,
  ...scopeCodes,
  ...authorizationRequestCodes,
  ...serverCodes,
};

/** The causes of OAuth errors. The type requires an explanation of each. */
const oauthCauses: Readonly<Record<OwnCause, CauseExplanation>> = {
  ...requestCauses,
  ...clientCauses,
  ...grantTypeCauses,
  ...authorizationRequestCauses,
  ...codeCauses,
  ...refreshCauses,
  ...loginCauses,
  ...raceCauses,
};

/** The names with which earlier releases stored refused requests, and the current names. */
const formerNames: Readonly<Record<string, OwnCause>> = {
  code_burned: 'code_invalidated',
  secret_retired: 'secret_revoked',
  too_many_log_ins: 'too_many_logins',
};

const formerCauses = Object.fromEntries(
  Object.entries(formerNames).map(([former, cause]) => [former, oauthCauses[cause]]),
);

/** The explanation of every cause that may be stored with a refused request. */
export const causes: Readonly<Record<string, CauseExplanation>> = {
  ...oauthCauses,
  ...revocationCauses,
  ...apiCauses,
  ...formerCauses,
};
