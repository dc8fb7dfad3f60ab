/** What would turn, hide or overlap the text around a name. */
const disturbing = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/gu;

const turning = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\u2028\u2029]/g;

/** What somebody typed, to be typed on: without what nobody sees and what turns the text around it. */
export function typed(text: string | undefined): string | undefined {
  return text?.replace(turning, '');
}

/** A name where there can be no markup: in a title, an option, a label. */
export function plainName(text: string): string {
  return text.replace(disturbing, '');
}

/** A name that somebody else chose: it can't reorder the sentence it stands in. */
export function Name({ children }: { readonly children: string }) {
  return <bdi class="name">{plainName(children)}</bdi>;
}

/** A sentence whose second and fourth parts are names. */
export function Sentence({ parts }: { readonly parts: readonly string[] }) {
  return <>{parts.map((part, index) => (index % 2 === 0 ? part : <Name key={`${index} ${part}`}>{part}</Name>))}</>;
}
