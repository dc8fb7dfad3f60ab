import type { PageContext } from '../page-context.ts';
import { Notice } from '../ui/notice.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { IsolatedName, NamedSentence } from '../ui/text/isolated-text.tsx';
import type { DocumentPage, Link, NavigationSection } from './documentation.ts';
import { DocsLayout } from './layout.tsx';
import { RawHtml } from './markdown/prose.tsx';
import type { ReaderApplications } from './reader.ts';
import { markdownPathOf, pathOfPage } from './source.ts';

interface DocumentViewProps {
  readonly context: PageContext;
  readonly sections: readonly NavigationSection[];
  readonly page: DocumentPage;
  readonly own: ReaderApplications;
}

/** One page of the documentation. The page `index` also lists all others. */
export function DocumentView({ context, sections, page, own }: DocumentViewProps) {
  const { title, description, name } = page.source;
  const { docs } = context.messages;
  return (
    <DocsLayout context={context} title={title} sections={sections} headings={page.headings}>
      <PageHeader title={title}>{description}</PageHeader>
      <FilledInApplication context={context} page={page} own={own} />
      <RawHtml html={page.html} />
      {name === 'index' ? <Contents context={context} sections={sections} /> : null}
      <PreviousAndNext context={context} sections={sections} href={pathOfPage(name)} />
      <p class="aside">
        <a href={markdownPathOf(name)}>{docs.markdown}</a>
      </p>
    </DocsLayout>
  );
}

/** Says which application is filled into the examples, and links to the others. Only on pages with examples. */
function FilledInApplication({ context, page, own }: Pick<DocumentViewProps, 'context' | 'page' | 'own'>) {
  const { filledIn } = context.messages.docs;
  const { application, others } = own;
  if (application === null || !/\{\{(example |client_id|redirect_uri)/.test(page.source.markdown)) return null;
  return (
    <Notice tone="info">
      <NamedSentence parts={filledIn.with(application.name)} /> {filledIn.secret}
      {others.length === 0 ? null : (
        <ul class="plain">
          {others.map(({ clientId, name }) => (
            <li key={clientId}>
              <a href={`${pathOfPage(page.source.name)}?application=${clientId}`}>
                {filledIn.instead} <IsolatedName>{name}</IsolatedName>
              </a>
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}

function Contents({ context, sections }: Pick<DocumentViewProps, 'context' | 'sections'>) {
  return (
    <div class="docs-contents">
      {sections.map(({ name, links }) => (
        <section key={name}>
          <h2>{context.messages.docs.sections[name]}</h2>
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

function PreviousAndNext({
  context,
  sections,
  href,
}: Omit<DocumentViewProps, 'page' | 'own'> & { readonly href: string }) {
  const { docs } = context.messages;
  const links = sections.flatMap((section) => section.links);
  const index = links.findIndex((link) => link.href === href);
  const [previous, next] = [index > 0 ? links[index - 1] : undefined, links[index + 1]];
  return (
    <nav class="docs-neighbours" aria-label={docs.around}>
      {previous ? <LabelledLink link={previous} label={docs.previous} /> : <span />}
      {next ? <LabelledLink link={next} label={docs.next} /> : null}
    </nav>
  );
}

function LabelledLink({ link, label }: { readonly link: Link; readonly label: string }) {
  return (
    <a href={link.href}>
      <span class="below">{label}</span>
      {link.title}
    </a>
  );
}
