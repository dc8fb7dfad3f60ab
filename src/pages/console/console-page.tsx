import type { ComponentChildren } from 'preact';
import { Layout } from '../ui/layout.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import type { Shell } from '../ui/shell.ts';
import { consoleSection } from './section.ts';

/** The frame of every page of the console. */
export function ConsolePage({
  shell,
  name,
  title = name,
  lead,
  notice,
  children,
}: {
  readonly shell: Shell;
  /** In the title bar of the browser. */
  readonly name: string;
  readonly title?: ComponentChildren;
  readonly lead?: ComponentChildren;
  /** What was done just now. */
  readonly notice?: string | undefined;
  readonly children: ComponentChildren;
}) {
  return (
    <Layout shell={shell} title={name} width="wide" section={consoleSection(shell)}>
      <PageHeader title={title}>{lead}</PageHeader>
      {notice === undefined ? null : <Notice tone="good">{notice}</Notice>}
      {children}
    </Layout>
  );
}
