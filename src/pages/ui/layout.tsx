import type { ComponentChildren } from 'preact';
import { returnFields } from '../login/return-to.ts';
import type { PageContext } from '../page-context.ts';
import { Form } from './forms/form.tsx';
import { Logo } from './icons.tsx';
import { withoutControls } from './text/isolated-text.tsx';

/** The pages of one section of the site, for its navigation. */
export interface SectionNavigation {
  readonly label: string;
  readonly links: readonly { readonly href: string; readonly text: string }[];
}

interface LayoutProps {
  readonly context: PageContext;
  /** The document title; the product's name is added. */
  readonly title: string;
  /**
   * `narrow`: a single form. `page`: text and lists. `wide`: tables and several columns. `reference`: text with code
   * beside it. `docs`: documentation, with its navigation at the side.
   */
  readonly width?: 'narrow' | 'page' | 'wide' | 'reference' | 'docs';
  /** File names of scripts that only this page loads. They are modules: each has its own top-level scope. */
  readonly scripts?: readonly string[];
  /** The page is a step of a task, such as the consent: the header has no navigation. */
  readonly task?: boolean;
  /** The section that the page belongs to; shows its navigation. */
  readonly section?: SectionNavigation;
  readonly children: ComponentChildren;
}

/** The HTML document of every page: head, header, navigation, content and footer. */
export function Layout({ context, title, width = 'page', scripts = [], task = false, section, children }: LayoutProps) {
  const { assets, messages, theme } = context;
  return (
    <html lang={messages.language} data-theme={theme}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={theme === 'auto' ? 'light dark' : theme} />
        <title>{`${withoutControls(title)} · ${messages.product}`}</title>
        <link rel="icon" href={assets('favicon.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={assets('app.css')} />
        <script src={assets('app.js')} defer />
        {scripts.map((script) => (
          <script key={script} src={assets(script)} type="module" />
        ))}
      </head>
      <body>
        <a class="skip" href="#content">
          {messages.layout.skip}
        </a>
        <Header context={context} task={task} />
        {section === undefined ? null : <SectionLinks context={context} section={section} />}
        <main id="content" class={`content content-${width}`}>
          {children}
        </main>
        <Footer context={context} />
      </body>
    </html>
  );
}

function Header({ context, task }: { readonly context: PageContext; readonly task: boolean }) {
  const { layout, product } = context.messages;
  return (
    <header class="header">
      <div class="header-inner">
        <a class="brand" href="/" aria-label={layout.home}>
          <Logo />
          <span>{product}</span>
        </a>
        {task ? null : <Navigation context={context} />}
      </div>
    </header>
  );
}

/** The navigation of a section. The current link is the longest one with which the path of the page begins. */
function SectionLinks({ context, section }: { readonly context: PageContext; readonly section: SectionNavigation }) {
  const matching = section.links.filter(({ href }) => context.path.startsWith(href));
  const current = matching.sort((one, other) => other.href.length - one.href.length)[0]?.href;
  return (
    <nav class="section-links" aria-label={section.label}>
      <div class="section-links-inner">
        {section.links.map(({ href, text }) => (
          <a key={href} href={href} {...(href === current ? { 'aria-current': 'page' as const } : {})}>
            {text}
          </a>
        ))}
      </div>
    </nav>
  );
}

function Navigation({ context }: { readonly context: PageContext }) {
  const { layout } = context.messages;
  const documentation = { href: '/docs/', text: layout.docs };
  const links =
    context.viewer === null
      ? [documentation, { href: '/login/', text: layout.logIn }, { href: '/signup/', text: layout.signUp }]
      : [
          documentation,
          { href: '/account/', text: layout.account },
          { href: '/device-activation/', text: layout.activate },
          { href: '/developer/', text: layout.developer },
          ...(context.viewer.role === null ? [] : [{ href: '/admin/', text: layout.console }]),
          { href: '/logout/', text: layout.logOut },
        ];
  return (
    <nav class="navigation" aria-label={context.messages.product}>
      {links.map(({ href, text }) => (
        <a key={href} href={href} {...ariaCurrent(context.path, href)}>
          {text}
        </a>
      ))}
    </nav>
  );
}

/** `aria-current` of a link: `page` for the page itself, `true` for the part of the site that the page is in. */
function ariaCurrent(path: string, href: string): { readonly 'aria-current'?: 'page' | 'true' } {
  if (path === href) return { 'aria-current': 'page' };
  const isPart = ['/docs/', '/developer/', '/admin/'].includes(href);
  return isPart && path.startsWith(href) ? { 'aria-current': 'true' } : {};
}

function Footer({ context }: { readonly context: PageContext }) {
  const { layout } = context.messages;
  return (
    <footer class="footer">
      <div class="footer-inner">
        <p>{layout.footer}</p>
        <Form
          context={context}
          action="/theme/"
          class="theme"
          hidden={returnFields({ kind: 'page', path: context.returnPath })}
        >
          <label for="theme">{layout.theme}</label>
          <select id="theme" name="theme">
            {(['auto', 'light', 'dark'] as const).map((theme) => (
              <option key={theme} value={theme} selected={theme === context.theme}>
                {layout.themes[theme]}
              </option>
            ))}
          </select>
          <button type="submit" class="button button-small">
            {layout.applyTheme}
          </button>
        </Form>
      </div>
    </footer>
  );
}
