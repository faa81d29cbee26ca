import { templates } from '#templates/email';

import { templateEnvironment } from '../templates/environment.ts';
import type { Message, MessageSetting } from './messages.ts';
import { mailFilters, oneLine, tidyHtml, tidyText } from './text.ts';

/** An email in words. */
export interface ComposedEmail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** Headers beyond those that every email has. */
  readonly headers: Readonly<Record<string, string>>;
}

const environmentOf = (form: 'html' | 'text') =>
  templateEnvironment(templates, { autoescape: form === 'html', filters: mailFilters, globals: { form } });
const html = environmentOf('html');
const text = environmentOf('text');

/**
 * Renders a message by the template of its kind: HTML and plain text come from the same one.
 * @throws when the template shows something that the message does not have
 */
export const compose = (message: Message, setting: MessageSetting): ComposedEmail => {
  const { partnership, sentAt, receivesReplies } = setting;
  const template = `${message.kind}.njk`;
  const context = {
    ...message,
    partnership,
    sentAt,
    receivesReplies,
    zone: partnership.zone,
    /** The board as people call it. */
    board: partnership.boardName.short,
  };
  const subject = oneLine(text.render(template, { ...context, part: 'subject' }));
  const whole = { ...context, subject, part: 'whole' };
  const plain = tidyText(text.render(template, whole));
  return {
    subject,
    html: tidyHtml(html.render(template, { ...whole, preheader: preheaderOf(plain) })),
    text: plain,
    headers: automaticHeaders,
  };
};

/** What a list of emails shows beside the subject: what comes after the title and the greeting. */
const preheaderOf = (text: string): string => oneLine(text.split('\n\n')[2] ?? '').slice(0, 140);

/** RFC 3834: nobody's absence note answers these; the second is what Exchange heeds. */
const automaticHeaders = {
  'Auto-Submitted': 'auto-generated',
  'X-Auto-Response-Suppress': 'OOF, AutoReply',
} as const;
