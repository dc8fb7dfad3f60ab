import { checkCallbacks } from '../applications/callbacks.ts';
import { publicClientProblems, publicClientViolations } from '../applications/public-clients.ts';
import type { Application } from '../ports/store/index.ts';
import { type Finding, warning } from './findings.ts';

/** A warning for each rule of today that an application breaks, because an earlier release allowed it. */
export function examineApplications(applications: readonly Application[]): readonly Finding[] {
  return applications.flatMap((application) => {
    const texts = [
      ...publicClientViolations(application).map((violation) => publicClientProblems[violation]),
      ...checkCallbacks(application.redirectUris, application).map(({ message }) => `a callback: ${message}`),
    ];
    return texts.map((text) => warning('application', `${application.clientId}: ${text}`));
  });
}
