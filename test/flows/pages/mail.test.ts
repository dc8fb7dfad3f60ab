import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliverMail } from '../../../src/jobs/deliver-mail.ts';
import { mailTo } from '../../../src/mail/template.tsx';
import { mailTemplates } from '../../../src/mail/templates.ts';
import type { Store } from '../../../src/ports/store/index.ts';
import { smtpSender } from '../../../src/system/smtp.ts';
import { forEachStore } from '../../support/database/stores.ts';

interface Received {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
}

/** A mail server that accepts all mails, or rejects them as `rejects` says. */
class Mailbox {
  readonly received: Received[] = [];
  rejects: { readonly at: 'rcpt' | 'data'; readonly code: number } | undefined;
  readonly #server: SMTPServer;

  constructor() {
    this.#server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      onRcptTo: (_address, _session, done) => (this.rejects?.at === 'rcpt' ? done(this.#rejection()) : done()),
      onData: (stream, session, done) => {
        simpleParser(stream).then((mail) => {
          if (this.rejects?.at === 'data') return done(this.#rejection());
          const { subject = '', text = '', html, messageId = '' } = mail;
          const [to] = session.envelope.rcptTo;
          this.received.push({ to: to?.address ?? '', subject, text, html: html || '', messageId });
          return done();
        }, done);
      },
    });
  }

  #rejection(): Error {
    return Object.assign(new Error('No'), { responseCode: this.rejects?.code ?? 550 });
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.#server.server.address() as AddressInfo).port}`;
  }

  start(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.#server.close(resolve));
  }
}

const minute = 60_000;

forEachStore((_name, open) => {
  const mailbox = new Mailbox();
  beforeAll(() => mailbox.start());
  afterAll(() => mailbox.stop());

  /** A store with mails to deliver, a clock that can be set, and a sender to the mailbox. */
  async function newDelivery(count = 1) {
    const store = await open();
    mailbox.received.length = 0;
    mailbox.rejects = undefined;
    const time = { now: Date.now() };
    const event = { at: time.now, actor: { kind: 'platform' }, action: 'test', subject: 'test' } as const;
    const content = mailTemplates.approved('Peak <b>AMS</b>', 'Willkommen, “Zürich”.', 'https://insiders.example/x/');
    const mails = Array.from({ length: count }, (_, n) => mailTo(`anna${n}@club.example`, content));
    await writeWithRecord(store, { event, mails });
    const send = smtpSender(mailbox.url, 'no-reply@insiders.example');
    const deliver = () => deliverMail(store.mails, { now: () => time.now }, send);
    return { store, time, deliver, send };
  }

  /** Writes a change record. Any transaction that takes one would do. */
  async function writeWithRecord(store: Store, record: Parameters<Store['users']['closeSessions']>[1]): Promise<void> {
    await store.users.closeSessions(0, record);
  }

  describe('a mail', () => {
    it('arrives as text and as HTML of the same content', async () => {
      const { store, deliver } = await newDelivery();
      expect(await deliver()).toBe(1);
      const [mail] = mailbox.received;
      expect(mail).toMatchObject({ to: 'anna0@club.example', subject: 'Peak <b>AMS</b> is approved' });
      for (const part of ['Willkommen, “Zürich”.', 'https://insiders.example/x/']) {
        expect(mail?.text).toContain(part);
        expect(mail?.html).toContain(part);
      }
      expect(mail?.html).not.toContain('<b>AMS');
      expect(await store.mails.counts()).toEqual({ waiting: 0, sent: 1, failed: 0 });
    });

    it('is sent once, even by several nodes at the same time', async () => {
      const { store, deliver } = await newDelivery(20);
      const sent = await Promise.all(Array.from({ length: 5 }, deliver));
      expect(sent.reduce((sum, count) => sum + count, 0)).toBe(20);
      expect(new Set(mailbox.received.map(({ to }) => to)).size).toBe(20);
      expect(mailbox.received).toHaveLength(20);
      expect(await store.mails.counts()).toEqual({ waiting: 0, sent: 20, failed: 0 });
    });

    it('is retried later if the server rejects it temporarily', async () => {
      const { store, time, deliver } = await newDelivery();
      mailbox.rejects = { at: 'data', code: 451 };
      expect(await deliver()).toBe(0);
      expect((await store.mails.list({ limit: 1 })).rows[0]).toMatchObject({ state: 'waiting', attempts: 1 });
      expect(await deliver()).toBe(0);
      expect((await store.mails.list({ limit: 1 })).rows[0]?.attempts).toBe(1);
      mailbox.rejects = undefined;
      time.now += minute;
      expect(await deliver()).toBe(1);
      expect(mailbox.received).toHaveLength(1);
    });

    it('fails if the recipient does not exist', async () => {
      const { store, deliver } = await newDelivery();
      mailbox.rejects = { at: 'rcpt', code: 550 };
      await deliver();
      const [mail] = (await store.mails.list({ limit: 1 })).rows;
      expect(mail).toMatchObject({ state: 'failed', lastError: expect.stringContaining('550') });
    });

    it('is sent by another node if a node crashes while it sends', async () => {
      const { store, time, deliver } = await newDelivery();
      const claimed = await store.mails.claim({ now: time.now, leaseMs: 3 * minute, limit: 10 });
      expect(claimed).toHaveLength(1);
      expect(await deliver()).toBe(0);
      time.now += 3 * minute;
      expect(await deliver()).toBe(1);
      const [first] = claimed;
      const late = { id: first?.id ?? 0, attempts: 1, outcome: { kind: 'failed', error: 'x' }, now: time.now } as const;
      expect(await store.mails.recordDelivery(late)).toBe('lost');
      expect(await store.mails.counts()).toEqual({ waiting: 0, sent: 1, failed: 0 });
    });

    it('has the same message ID in each attempt', async () => {
      const { store, send } = await newDelivery();
      const [mail] = (await store.mails.list({ limit: 1 })).rows;
      if (mail === undefined) throw new Error('There is no mail');
      await send(mail);
      await send(mail);
      const ids = mailbox.received.map(({ messageId }) => messageId);
      expect(ids).toHaveLength(2);
      expect(new Set(ids).size).toBe(1);
    });

    it('can be retried after it failed', async () => {
      const { store, time, deliver } = await newDelivery();
      mailbox.rejects = { at: 'rcpt', code: 550 };
      await deliver();
      mailbox.rejects = undefined;
      const [mail] = (await store.mails.list({ limit: 1 })).rows;
      const event = { at: time.now, actor: { kind: 'command-line' }, action: 'mail.retried', subject: 'mail' } as const;
      expect(await store.mails.retry(mail?.id ?? 0, time.now, { event })).toBe('changed');
      expect(await deliver()).toBe(1);
      expect(await store.mails.retry(mail?.id ?? 0, time.now, { event })).toBe('unknown');
    });

    it('has no line break and no bidirectional control character in its subject', async () => {
      const content = mailTemplates.approved('Peak\r\nBcc: all@club.example\u202e', 'x', 'https://insiders.example/');
      const mail = mailTo('anna@club.example', content);
      expect(mail.subject).toBe('PeakBcc: all@club.example is approved');
      expect(mail.text).not.toContain('\u202e');
    });
  });

  it('is not stored if the change was not made', async () => {
    const { store, time } = await newDelivery(0);
    const event = { at: time.now, actor: { kind: 'platform' }, action: 'test', subject: 'test' } as const;
    const content = mailTemplates.allRevoked('Peak', 3, 'https://insiders.example/');
    const record = { event, mails: [mailTo('anna@club.example', content)] };
    const before = await store.audit.latest(1);
    expect(await store.applications.setStatus('nobody', 'suspended', record)).toBe('unknown');
    expect(await store.mails.counts()).toEqual({ waiting: 0, sent: 0, failed: 0 });
    expect(await store.audit.latest(1)).toEqual(before);
  });
});
