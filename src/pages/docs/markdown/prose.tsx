/**
 * The only component that inserts HTML without escaping. The HTML comes from `renderMarkdown`, which renders the files
 * of the program in `docs/site/` and `docs/examples/`: it rejects raw HTML and escapes everything else. The only values
 * of users in it are the client ID and callback of the reader's own application, which are escaped too.
 */
export function RawHtml({ html }: { readonly html: string }) {
  return <div class="prose" dangerouslySetInnerHTML={{ __html: html }} />;
}
