import type { PageContext } from '../page-context.ts';
import { Layout } from '../ui/layout.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Basics, type BasicsProps } from './basics.tsx';
import { Method, OperationSection } from './operation.tsx';
import { Prose } from './prose.tsx';
import type { OperationGroup, Reference } from './reference.ts';

/** `/docs/api/`: every operation of the API. */
export function ApiReferenceView(props: BasicsProps) {
  const { context, reference } = props;
  const texts = context.messages.apiReference;
  return (
    <Layout context={context} title={texts.title} width="reference" scripts={['api-reference.js']}>
      <div class="reference" data-reference data-texts={JSON.stringify(texts.script)}>
        <div class="reference-header">
          <PageHeader title={texts.title}>{texts.lead}</PageHeader>
          <p class="aside">
            <a href="/api/v1/openapi.json">{texts.document}</a> ·{' '}
            <a href="/docs/api.md">{context.messages.docs.markdown}</a>
          </p>
        </div>
        <Contents context={context} reference={reference} />
        <div class="reference-body">
          <Basics {...props} />
          {reference.groups.map((group) => (
            <GroupSection key={group.name} context={context} group={group} />
          ))}
        </div>
      </div>
    </Layout>
  );
}

function Contents({ context, reference }: { readonly context: PageContext; readonly reference: Reference }) {
  const texts = context.messages.apiReference;
  const basics = [
    { id: 'authentication', title: texts.authentication.title },
    { id: 'try-it', title: texts.token.title },
    { id: 'paging', title: texts.paging.title },
    { id: 'errors', title: texts.errors.title },
    { id: 'throttling', title: texts.throttling.title },
  ];
  return (
    <nav class="reference-contents" aria-label={texts.navigation}>
      <div>
        <p class="reference-contents-title">{texts.basics}</p>
        <ul class="plain">
          {basics.map(({ id, title }) => (
            <li key={id}>
              <a href={`#${id}`}>{title}</a>
            </li>
          ))}
        </ul>
      </div>
      {reference.groups.map(({ name, operations }) => (
        <div key={name}>
          <p class="reference-contents-title">{name}</p>
          <ul class="plain">
            {operations.map(({ id, method }) => (
              <li key={id}>
                <a href={`#${id}`}>
                  <Method method={method} /> {id}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function GroupSection({ context, group }: { readonly context: PageContext; readonly group: OperationGroup }) {
  const id = `group-${group.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`;
  return (
    <section class="reference-group" aria-labelledby={id}>
      <div class="reference-group-title">
        <h2 id={id}>{group.name}</h2>
        {group.meaning === '' ? null : (
          <p class="aside">
            <Prose text={group.meaning} />
          </p>
        )}
      </div>
      {group.operations.map((operation) => (
        <OperationSection key={operation.id} context={context} operation={operation} />
      ))}
    </section>
  );
}
