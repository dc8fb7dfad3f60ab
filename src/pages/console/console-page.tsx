import type { ComponentChildren } from 'preact';
import type { PageContext } from '../page-context.ts';
import { Layout } from '../ui/layout.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { consoleSection } from './section.ts';

/** The frame of every page of the console. */
export function ConsolePage({
  context,
  name,
  title = name,
  lead,
  notice,
  children,
}: {
  readonly context: PageContext;
  /** In the title bar of the browser. */
  readonly name: string;
  readonly title?: ComponentChildren;
  readonly lead?: ComponentChildren;
  /** The text of a notice above the page. */
  readonly notice?: string | undefined;
  readonly children: ComponentChildren;
}) {
  return (
    <Layout context={context} title={name} width="wide" section={consoleSection(context)}>
      <PageHeader title={title}>{lead}</PageHeader>
      {notice === undefined ? null : <Notice tone="good">{notice}</Notice>}
      {children}
    </Layout>
  );
}
