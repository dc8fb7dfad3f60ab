import type { PageContext } from '../page-context.ts';
import { ButtonLink } from '../ui/forms/button.tsx';
import { Layout } from '../ui/layout.tsx';
import { PageHeader } from '../ui/page-header.tsx';

export interface ErrorViewProps {
  readonly context: PageContext;
  readonly status: number;
  /** The key of the texts; an unknown key gets the general text. */
  readonly kind: string;
  readonly requestId: string;
  /** The OAuth error code, whose explanation is for the developers of the application; absent: there is none. */
  readonly error?: string;
}

/** What happened, links to go on, and the request ID, which is also in the log. */
export function ErrorView({ context, status, kind, requestId, error: code }: ErrorViewProps) {
  const { error } = context.messages;
  const { title, text, hint } = error.kinds[kind] ?? error.fallback;
  return (
    <Layout context={context} title={title} width="narrow" task>
      <p class="eyebrow">{status}</p>
      <PageHeader title={title}>{text}</PageHeader>
      <p>{hint}</p>
      <div class="actions">
        <ButtonLink href="/">{error.home}</ButtonLink>
        <ButtonLink href="/account/">{error.account}</ButtonLink>
      </div>
      {code === undefined ? null : (
        <p class="aside">
          <a href={`/docs/errors/${code}/?request=${encodeURIComponent(requestId)}`}>{error.forDevelopers}</a>
        </p>
      )}
      <p class="request-id">
        {error.request} <code>{requestId}</code>
      </p>
    </Layout>
  );
}
