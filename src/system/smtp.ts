import { MailRejected, type SendMail } from '../ports/mail.ts';

/** In ms. Together shorter than the lease of a mail in jobs/deliver-mail.ts. */
const timeouts = { connectionTimeout: 20_000, greetingTimeout: 20_000, socketTimeout: 60_000, dnsTimeout: 20_000 };

/**
 * Creates a function that sends mails by SMTP. `url`: `smtp://user:password@host:port` or `smtps://…`; `from`: the
 * address of the sender. The SMTP client is loaded with the first mail. Every attempt for a mail has the same
 * Message-ID, so that a mailbox shows it once.
 */
export function smtpSender(url: string, from: string): SendMail {
  let transport: Promise<Transport> | undefined;
  return async ({ id, createdAt, to, subject, text, html }) => {
    transport ??= connect(url);
    const messageId = `<${createdAt}.${id}@${from.split('@').at(-1)?.replace('>', '') ?? 'insiders'}>`;
    try {
      await (await transport).sendMail({
        from,
        to,
        subject,
        text,
        html,
        messageId,
        date: new Date(createdAt),
        headers: { 'Auto-Submitted': 'auto-generated' },
        disableFileAccess: true,
        disableUrlAccess: true,
      });
    } catch (error) {
      throw isPermanent(error) ? new MailRejected(messageOf(error)) : new Error(messageOf(error));
    }
  };
}

type Transport = Awaited<ReturnType<typeof connect>>;

async function connect(url: string) {
  const { createTransport } = await import('nodemailer');
  return createTransport(url, timeouts as object);
}

/**
 * Whether the server rejected the mail or its receiver permanently (RFC 5321 4.2.1). A rejected login does not count:
 * the operator can fix it.
 */
function isPermanent(error: unknown): boolean {
  const { responseCode, command } = error as { readonly responseCode?: number; readonly command?: string };
  return responseCode !== undefined && responseCode >= 550 && responseCode < 560 && !command?.startsWith('AUTH');
}

/** The message of the server, but not for a failed login: that message could contain credentials. */
function messageOf(error: unknown): string {
  const {
    message = 'unknown error',
    code,
    responseCode,
  } = error as {
    readonly message?: string;
    readonly code?: string;
    readonly responseCode?: number;
  };
  return code === 'EAUTH' ? `The mail server refused the log-in (${responseCode ?? code})` : message;
}
