import { ButtonLink } from '../ui/forms/button.tsx';
import { Layout } from '../ui/layout.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import type { Shell } from '../ui/shell.ts';

export function HomeView({ shell }: { readonly shell: Shell }) {
  const { home, product } = shell.messages;
  const { holders, integrators, programs } = home;
  return (
    <Layout shell={shell} title={product} width="wide">
      <div class="hero">
        <PageHeader title={home.title}>{home.lead}</PageHeader>
        {shell.viewer === null ? (
          <ButtonLink weight="primary" href="/signup/">
            {holders.action}
          </ButtonLink>
        ) : (
          <ButtonLink weight="primary" href="/account/">
            {holders.again}
          </ButtonLink>
        )}
      </div>
      <div class="columns">
        <section>
          <h2>{holders.title}</h2>
          <p>{holders.text}</p>
          <a href="/device-activation/">{shell.messages.layout.activate}</a>
        </section>
        <section>
          <h2>{integrators.title}</h2>
          <p>{integrators.text}</p>
          <a href="/docs/">{shell.messages.layout.docs}</a>
          <a href="/.well-known/oauth-authorization-server">{integrators.action}</a>
        </section>
        <section>
          <h2>{programs.title}</h2>
          <p>{programs.text}</p>
          <a href="/api/v1/openapi.json">{programs.action}</a>
        </section>
      </div>
    </Layout>
  );
}
