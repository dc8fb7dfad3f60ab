/**
 * The one place where HTML comes in as text. It is safe because the text is made at the start, by `renderMarkdown`, out
 * of the files in `docs/site/` and `docs/examples/` that come with the program: raw HTML in them is refused and
 * everything else is escaped. Nothing that somebody sends ever becomes part of it, but the client id and callback of
 * the reader's own application, as text like any other.
 */
export function RawHtml({ html }: { readonly html: string }) {
  return <div class="prose" dangerouslySetInnerHTML={{ __html: html }} />;
}
