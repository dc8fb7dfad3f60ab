import { withoutControls } from './isolated-text.tsx';

/** Matches after a separator, but not inside a number (`127.0.0.1`) and not between two separators (`://`). */
const breakOpportunity = /(?<=[/_:@?&=#+-]|(?<!\d)\.)(?=[^/._:@?&=#+-])|(?<=\d\.)(?=[^\d/._:@?&=#+-])/;

/**
 * A long value without spaces, such as a URL, a client ID or an email address. A `<wbr>` after each separator lets it
 * wrap there. A part that is wider than the line breaks anywhere (CSS class `long`).
 */
export function LongValue({ children }: { readonly children: string }) {
  const parts = withoutControls(children).split(breakOpportunity);
  return (
    <bdi class="long">
      {parts.map((part, index) => [...(index === 0 ? [] : [<wbr key={`${index} ${part}`} />]), part])}
    </bdi>
  );
}
