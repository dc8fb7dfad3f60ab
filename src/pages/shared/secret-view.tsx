import { ButtonLink } from '../ui/forms/button.tsx';
import { Layout, type Section } from '../ui/layout.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import type { Shell } from '../ui/shell.ts';
import { CodeBlock } from '../ui/text/code-block.tsx';

export interface SecretViewProps {
  readonly shell: Shell;
  readonly section?: Section;
  readonly title: string;
  readonly secret: string;
  readonly copyNow: string;
  readonly done: { readonly href: string; readonly text: string };
}

/** Shows something this once. The page is the answer to the form that made it, so it can't be opened again. */
export function SecretView({ shell, section, title, secret, copyNow, done }: SecretViewProps) {
  return (
    <Layout shell={shell} title={title} {...(section && { section })}>
      <PageHeader title={title} />
      <Notice tone="warning">{copyNow}</Notice>
      <CodeBlock shell={shell} label={title}>
        {secret}
      </CodeBlock>
      <div class="actions">
        <ButtonLink weight="primary" href={done.href}>
          {done.text}
        </ButtonLink>
      </div>
    </Layout>
  );
}
