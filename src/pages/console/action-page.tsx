import type { Viewer } from '../../http/guards/session.ts';
import type { FormPage, PageRequest, PageResponse } from '../page.ts';
import { ConfirmationView, type ConfirmationViewProps } from '../shared/confirmation-view.tsx';
import type { SummaryLine } from '../ui/forms/error-summary.tsx';
import { consoleSection } from './section.ts';

/** The users or the applications, as the pages of their actions need them. */
interface Subjects<Subject, Impact> {
  /** The subject that the path names. @throws {Problem} 404 */
  readonly find: (request: PageRequest<Viewer>) => Promise<Subject>;
  /** What an action on the subject affects. */
  readonly impactOf: (request: PageRequest<Viewer>, subject: Subject) => Promise<Impact>;
  /** The path of the subject's own page. */
  readonly pathOf: (subject: Subject) => string;
}

interface Action<Subject, Impact> {
  /** The texts and the fields of the page. */
  readonly ask: (
    request: PageRequest<Viewer>,
    subject: Subject,
    impact: Impact,
  ) => Omit<ConfirmationViewProps, 'context' | 'section' | 'back' | 'errors'>;
  readonly perform: (request: PageRequest<Viewer>, subject: Subject) => Promise<ActionResult>;
}

export type ActionResult =
  /** Performed. The page of the subject shows the notice of this name, see `noticeFor`. */
  | { readonly notice: string }
  /** Not performed. The page of the action is shown again with the problem. */
  | { readonly problem: SummaryLine; readonly status: 400 | 409 };

/**
 * Returns a function that makes the page of one action: GET shows the impact of the action on its subject, POST
 * performs the action.
 */
export function actionPages<Subject, Impact>({ find, impactOf, pathOf }: Subjects<Subject, Impact>) {
  return ({ ask, perform }: Action<Subject, Impact>): FormPage<Viewer> => {
    const show = async (
      request: PageRequest<Viewer>,
      subject: Subject,
      errors: readonly SummaryLine[],
      status: number,
    ): Promise<PageResponse> => {
      const { context } = request;
      const view = (
        <ConfirmationView
          context={context}
          section={consoleSection(context)}
          back={{ href: pathOf(subject), text: context.messages.admin.back }}
          errors={errors}
          {...ask(request, subject, await impactOf(request, subject))}
        />
      );
      return { kind: 'page', view, status };
    };
    return {
      get: async (request) => show(request, await find(request), [], 200),
      post: async (request) => {
        const subject = await find(request);
        const result = await perform(request, subject);
        if ('notice' in result) return { kind: 'redirect', location: `${pathOf(subject)}?done=${result.notice}` };
        return show(request, await find(request), [result.problem], result.status);
      },
    };
  };
}
