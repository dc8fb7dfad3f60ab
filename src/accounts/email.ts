import { domainToASCII } from 'node:url';

/** RFC 5321 4.5.3.1, in octets. */
const maxLocalOctets = 64;
const maxDomainOctets = 253;
const maxOctets = 254;

/**
 * An unquoted local part without its dots: `atext` of RFC 5322 3.2.3, and letters, marks and digits of all scripts
 * (RFC 6531).
 */
const localWord = /^[a-z0-9!#$%&'*+/=?^_`{|}~\p{L}\p{M}\p{N}-]+$/u;
/** Characters that nobody sees, some of which count as letters. */
const invisible = /\p{Default_Ignorable_Code_Point}/u;
const domainLabel = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** What a URL's host would end at, drop or decode; a domain is taken as a whole, as it was typed. */
const notInADomain = /[\p{Cc}\s/\\?#%:[\]]/u;
const latin = /\p{Script=Latin}/u;
const latinLookalike = /[\p{Script=Cyrillic}\p{Script=Greek}]/u;

/**
 * The one form in which an e-mail address is stored, compared and looked up, or `null` if the text is not an address.
 *
 * Normalises an email address: outer spaces are dropped, the rest becomes NFC and lower case, and the domain its ASCII
 * form (`xn--…`), so that one mailbox is one account. Characters that compatibility normalisation (NFKC) would change,
 * such as full-width letters and ligatures, are refused. If they were mapped, one person could register an address that
 * looks like another person's. For the same reason Latin letters can't be mixed with Cyrillic or Greek ones.
 * Idempotent. Linear time.
 */
export function normaliseEmail(text: string): string | null {
  const trimmed = trimSpaces(text);
  if (trimmed.length > maxOctets || !trimmed.isWellFormed()) return null;
  const composed = trimmed.normalize('NFC');
  if (composed !== trimmed.normalize('NFKC') || invisible.test(composed)) return null;
  const lower = composed.toLowerCase().normalize('NFC');
  const at = lower.indexOf('@');
  if (at === -1 || lower.includes('@', at + 1)) return null;
  const local = lower.slice(0, at);
  const domain = normaliseDomain(lower.slice(at + 1));
  if (domain === null || !isLocalPart(local)) return null;
  const address = `${local}@${domain}`;
  return Buffer.byteLength(address) <= maxOctets ? address : null;
}

function isLocalPart(local: string): boolean {
  if (Buffer.byteLength(local) > maxLocalOctets) return false;
  if (latin.test(local) && latinLookalike.test(local)) return false;
  return local.split('.').every((word) => localWord.test(word));
}

function normaliseDomain(domain: string): string | null {
  if (notInADomain.test(domain)) return null;
  if (domain.split('.').some((label) => latin.test(label) && latinLookalike.test(label))) return null;
  const ascii = domainToASCII(domain);
  const labels = ascii.split('.');
  // A name without a dot is a typing error (anna@gmail); an all-numeric top level is an IP address.
  if (labels.length < 2 || ascii.length > maxDomainOctets || /^\d*$/.test(labels.at(-1) ?? '')) return null;
  return labels.every((label) => domainLabel.test(label)) ? ascii : null;
}

/** Only the space character: what else a person can't see must not be dropped silently. */
function trimSpaces(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text.charCodeAt(start) === 0x20) start += 1;
  while (end > start && text.charCodeAt(end - 1) === 0x20) end -= 1;
  return text.slice(start, end);
}
