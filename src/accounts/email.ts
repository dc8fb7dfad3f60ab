import { domainToASCII } from 'node:url';

/**
 * RFC 5321 4.5.3.1, in octets. A domain may have 255, but beside an `@` and a local part at most 252 fit into
 * {@link maxOctets}, so it needs no limit of its own.
 */
const maxLocalOctets = 64;
/** A path has at most 256 octets (RFC 5321 4.5.3.1.3), two of which are its angle brackets. */
const maxOctets = 254;

/**
 * An unquoted local part without its dots: `atext` of RFC 5322 3.2.3, and letters, marks and digits of all scripts
 * (RFC 6531).
 */
const localWord = /^[a-z0-9!#$%&'*+/=?^_`{|}~\p{L}\p{M}\p{N}-]+$/u;
/** Invisible characters, such as U+3164; some of them are letters. */
const invisible = /\p{Default_Ignorable_Code_Point}/u;
const domainLabel = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** Characters at which a URL parser ends the host, or that it drops or decodes: the whole text must be the domain. */
const notInADomain = /[\p{Cc}\s/\\?#%:[\]]/u;
const latin = /\p{Script=Latin}/u;
const latinLookalike = /[\p{Script=Cyrillic}\p{Script=Greek}]/u;

/**
 * Normalises an email address, or returns `null` if the text is not one. The result is the form in which addresses are
 * stored, compared and looked up.
 *
 * Outer spaces are dropped, the rest becomes NFC and lower case, and the domain takes its ASCII form (`xn--…`), so that
 * one mailbox is one account. Characters that compatibility normalisation (NFKC) would change,
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
  // A domain without a dot is a typing error (anna@gmail); an all-numeric top level is an IP address.
  if (labels.length < 2 || /^\d*$/.test(labels.at(-1) ?? '')) return null;
  return labels.every((label) => domainLabel.test(label)) ? ascii : null;
}

/** Trims U+0020 only. Other white space makes the address invalid instead of disappearing silently. */
function trimSpaces(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text.charCodeAt(start) === 0x20) start += 1;
  while (end > start && text.charCodeAt(end - 1) === 0x20) end -= 1;
  return text.slice(start, end);
}
