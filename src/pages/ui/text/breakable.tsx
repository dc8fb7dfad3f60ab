import { plainName } from './isolated-text.tsx';

/**
 * A value may go on in the next line after a separator, but not inside a number (`127.0.0.1`), nor between two
 * separators (`://`).
 */
const places = /(?<=[/_:@?&=#+-]|(?<!\d)\.)(?=[^/._:@?&=#+-])|(?<=\d\.)(?=[^\d/._:@?&=#+-])/;

/**
 * A long value without spaces, such as a URL, a client ID or an email address: `<wbr>` after its separators lets it
 * wrap there. Where not even a part of it fits on a line, and only there, it breaks anywhere (the class `long`).
 */
export function Breakable({ children }: { readonly children: string }) {
  const parts = plainName(children).split(places);
  return (
    <bdi class="long">
      {parts.map((part, index) => [...(index === 0 ? [] : [<wbr key={`${index} ${part}`} />]), part])}
    </bdi>
  );
}
