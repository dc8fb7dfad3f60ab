import { Button, ButtonLink } from '../ui/forms/button.tsx';
import { Form } from '../ui/forms/form.tsx';
import { Layout } from '../ui/layout.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import type { Shell } from '../ui/shell.ts';

export function LogoutView({ shell }: { readonly shell: Shell }) {
  const { logout } = shell.messages;
  return (
    <Layout shell={shell} title={logout.title} width="narrow">
      <PageHeader title={logout.title}>{logout.text}</PageHeader>
      <Form shell={shell} action="/logout/">
        <div class="actions">
          <Button weight="primary">{logout.submit}</Button>
          <ButtonLink href="/account/">{logout.stay}</ButtonLink>
        </div>
      </Form>
    </Layout>
  );
}
