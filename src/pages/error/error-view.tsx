import { ButtonLink } from '../ui/forms/button.tsx';
import { Layout } from '../ui/layout.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import type { Shell } from '../ui/shell.ts';

export interface ErrorViewProps {
  readonly shell: Shell;
  readonly status: number;
  /** The reason of the refusal or the code of the problem; unknown ones get the general text. */
  readonly kind: string;
  readonly requestId: string;
  /** The code whose explanation is for the makers of the application; absent: there is none. */
  readonly error?: string;
}

/** What happened in words, a way on, and the number under which we find it. */
export function ErrorView({ shell, status, kind, requestId, error: code }: ErrorViewProps) {
  const { error } = shell.messages;
  const { title, text, hint } = error.kinds[kind] ?? error.fallback;
  return (
    <Layout shell={shell} title={title} width="narrow" task>
      <p class="eyebrow">{status}</p>
      <PageHeader title={title}>{text}</PageHeader>
      <p>{hint}</p>
      <div class="actions">
        <ButtonLink href="/">{error.home}</ButtonLink>
        <ButtonLink href="/account/">{error.account}</ButtonLink>
      </div>
      {code === undefined ? null : (
        <p class="aside">
          <a href={`/docs/errors/${code}/?request=${encodeURIComponent(requestId)}`}>{error.forMakers}</a>
        </p>
      )}
      <p class="request-id">
        {error.request} <code>{requestId}</code>
      </p>
    </Layout>
  );
}
