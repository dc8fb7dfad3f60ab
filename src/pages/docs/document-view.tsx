import { Notice } from '../ui/notice.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import type { Shell } from '../ui/shell.ts';
import { Name, Sentence } from '../ui/text/isolated-text.tsx';
import type { DocumentPage, Link, NavigationSection } from './documentation.ts';
import { DocsLayout } from './layout.tsx';
import { Prose } from './markdown/prose.tsx';
import type { Own } from './reader.ts';
import { addressOf, markdownAddressOf } from './source.ts';

interface DocumentViewProps {
  readonly shell: Shell;
  readonly sections: readonly NavigationSection[];
  readonly page: DocumentPage;
  readonly own: Own;
}

/** One page of the documentation; the first one also lists all others. */
export function DocumentView({ shell, sections, page, own }: DocumentViewProps) {
  const { title, description, name } = page.source;
  const { docs } = shell.messages;
  return (
    <DocsLayout shell={shell} title={title} sections={sections} headings={page.headings}>
      <PageHeader title={title}>{description}</PageHeader>
      <FilledIn shell={shell} page={page} own={own} />
      <Prose html={page.html} />
      {name === 'index' ? <Contents shell={shell} sections={sections} /> : null}
      <Neighbours shell={shell} sections={sections} href={addressOf(name)} />
      <p class="aside">
        <a href={markdownAddressOf(name)}>{docs.markdown}</a>
      </p>
    </DocsLayout>
  );
}

/** Whose application stands in the examples, where there are any. */
function FilledIn({ shell, page, own }: Pick<DocumentViewProps, 'shell' | 'page' | 'own'>) {
  const { filledIn } = shell.messages.docs;
  const { application, others } = own;
  if (application === null || !/\{\{(example |client_id|redirect_uri)/.test(page.source.markdown)) return null;
  return (
    <Notice tone="info">
      <Sentence parts={filledIn.with(application.name)} /> {filledIn.secret}
      {others.length === 0 ? null : (
        <ul class="plain">
          {others.map(({ clientId, name }) => (
            <li key={clientId}>
              <a href={`${addressOf(page.source.name)}?application=${clientId}`}>
                {filledIn.instead} <Name>{name}</Name>
              </a>
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}

function Contents({ shell, sections }: Pick<DocumentViewProps, 'shell' | 'sections'>) {
  return (
    <div class="docs-contents">
      {sections.map(({ name, links }) => (
        <section key={name}>
          <h2>{shell.messages.docs.sections[name]}</h2>
          <dl>
            {links.map(({ href, title, description }) => (
              <div key={href}>
                <dt>
                  <a href={href}>{title}</a>
                </dt>
                <dd>{description}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

function Neighbours({ shell, sections, href }: Omit<DocumentViewProps, 'page' | 'own'> & { readonly href: string }) {
  const { docs } = shell.messages;
  const links = sections.flatMap((section) => section.links);
  const place = links.findIndex((link) => link.href === href);
  const [previous, next] = [place > 0 ? links[place - 1] : undefined, links[place + 1]];
  return (
    <nav class="docs-neighbours" aria-label={docs.around}>
      {previous ? <Neighbour link={previous} label={docs.previous} /> : <span />}
      {next ? <Neighbour link={next} label={docs.next} /> : null}
    </nav>
  );
}

function Neighbour({ link, label }: { readonly link: Link; readonly label: string }) {
  return (
    <a href={link.href}>
      <span class="below">{label}</span>
      {link.title}
    </a>
  );
}
