import type { PageContext } from '../page-context.ts';
import { ButtonLink } from '../ui/forms/button.tsx';
import { Layout, type SectionNavigation } from '../ui/layout.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { CodeBlock } from '../ui/text/code-block.tsx';

export interface SecretViewProps {
  readonly context: PageContext;
  readonly section?: SectionNavigation;
  readonly title: string;
  readonly secret: string;
  readonly copyNow: string;
  readonly next: { readonly href: string; readonly text: string };
}

/** Shows a secret once. The page is the response to the form that created the secret, so it can't be opened again. */
export function SecretView({ context, section, title, secret, copyNow, next }: SecretViewProps) {
  return (
    <Layout context={context} title={title} {...(section && { section })}>
      <PageHeader title={title} />
      <Notice tone="warning">{copyNow}</Notice>
      <CodeBlock context={context} label={title}>
        {secret}
      </CodeBlock>
      <div class="actions">
        <ButtonLink weight="primary" href={next.href}>
          {next.text}
        </ButtonLink>
      </div>
    </Layout>
  );
}
