import { describe, expect, it } from 'vitest';
import { browserNotification } from '../../lib/channels/browser.ts';
import { MAIL_LINK_LIMIT, mailLink } from '../../lib/channels/mail.ts';
import { slackBody } from '../../lib/channels/slack.ts';
import type { Alert } from '../../lib/core/alerts/alert.ts';
import { messageOf } from '../../lib/core/alerts/alert-message.ts';
import { describeAlert } from '../../lib/core/alerts/describe-alert.ts';
import { describeDigest } from '../../lib/core/alerts/digest.ts';
import { failure } from '../../lib/core/failures.ts';
import { logCsv } from '../../lib/core/log/log-csv.ts';
import { foldMetrics } from '../../lib/core/metrics/metrics.ts';
import { metricsCsv, metricsJson } from '../../lib/core/metrics/metrics-files.ts';
import { metricsMarkdown } from '../../lib/core/metrics/metrics-markdown.ts';
import { sampleLine } from '../components/log-samples.ts';
import { alert, CAUSES, NOW } from '../core/alerts/samples.ts';
import { CALENDAR, NOTHING, PLAN } from '../core/metrics/samples.ts';
import { STRINGS } from './strings.ts';

/** Every cause, in a checklist of this title; what GitHub says is hostile too. */
function alertsOf(title: string): readonly Alert[] {
  const mistake = failure('rules-invalid', { mistake: title });
  return [
    ...CAUSES.map((cause) => alert(cause, 12, title)),
    alert({ kind: 'sync-failed', failure: mistake }, 12, title),
  ];
}

/** The strings in parts, so that a failure is found. */
const PARTS = Array.from({ length: Math.ceil(STRINGS.length / 50) }, (_, at) => {
  const part = STRINGS.slice(at * 50, (at + 1) * 50);
  return [`${at * 50} to ${at * 50 + part.length - 1}`, part] as const;
});

function messagesOf(title: string) {
  const alerts = alertsOf(title);
  const [first, ...others] = alerts.map(
    (one, index) => ({ id: `n${index}`, alerts: [one], mailLink: true }) as const,
  );
  if (first === undefined) throw new Error('no alert');
  const [needs] = alerts;
  const counts = { done: 1, items: 2, created: 1, ticked: 1, unticked: 0, changed: 0 };
  const checklist = needs?.checklist;
  if (checklist === undefined) throw new Error('no checklist');
  const checklists = [{ checklist, ...counts, needsYou: alerts }];
  return [
    messageOf([first, ...others]),
    describeDigest({ from: NOW - 86_400_000, to: NOW, checklists }),
  ];
}

const BREAKS = /[\p{Cc}\u2028\u2029]/u;
const PLAIN_SLACK = {
  mrkdwn: false,
  parse: 'none',
  link_names: false,
  unfurl_links: false,
  unfurl_media: false,
};
const MARKDOWN_LINES = metricsMarkdown(metricsOf('Plan')).split('\n').length;

describe('a hostile string that leaves the browser', () => {
  it.each(PARTS)('is one line of an alert, a notification and a subject: %s', (_, strings) => {
    for (const text of strings) {
      for (const one of alertsOf(text)) {
        const { title, sentence, advice, action } = describeAlert(one);
        for (const line of [title, sentence, advice]) expect(line).not.toMatch(BREAKS);
        expect(action.href).toMatch(/^(https:\/\/github\.com\/|options\.html|dashboard\.html)/);
        const notice = { id: 'n', alerts: [one], mailLink: true } as const;
        const { options, href } = browserNotification(notice, 'icon.png');
        expect(options.title).not.toMatch(BREAKS);
        expect(href).toBe(action.href);
      }
      for (const { subject } of messagesOf(text)) expect(subject).not.toMatch(BREAKS);
    }
  });

  it.each(PARTS)('adds nothing to an email or to Slack but words: %s', (_, strings) => {
    for (const message of strings.flatMap(messagesOf)) {
      const link = mailLink('ada@example.org', message);
      const url = new URL(link);
      expect(url.pathname).toBe('ada@example.org');
      expect([...url.searchParams.keys()]).toEqual(['subject', 'body']);
      expect(url.hash).toBe('');
      expect(link.length).toBeLessThanOrEqual(MAIL_LINK_LIMIT);
      const { text: said, ...rest } = slackBody(message);
      expect(said).not.toMatch(/[<>]|@\w|&(?!amp;|lt;|gt;)/);
      expect(rest).toEqual(PLAIN_SLACK);
    }
  });

  it.each(PARTS)('stays within its cell of a CSV, which no spreadsheet runs: %s', (_, strings) => {
    for (const text of strings) {
      const metrics = metricsOf(text);
      const log = logCsv([
        sampleLine(1, { rows: [{ item: text, text, what: 'tick' }], login: text }),
      ]);
      for (const csv of [log, metricsCsv(metrics)]) {
        const rows = readCsv(csv);
        for (const row of rows) expect(row.length).toBe(rows[0]?.length);
        for (const cell of rows.flat()) expect(cell).not.toSatisfy(isRun);
      }
      expect(readCsv(log)).toHaveLength(2);
      expect(JSON.parse(metricsJson(metrics)).checklists[0].title).toBe(text);
      expect(metricsMarkdown(metrics).split('\n')).toHaveLength(MARKDOWN_LINES);
    }
  });
});

function metricsOf(title: string) {
  return foldMetrics({ ...NOTHING, checklists: [{ key: PLAN, title }] }, CALENDAR);
}

/** The cells of a file in which every cell is quoted. */
function readCsv(csv: string): readonly (readonly string[])[] {
  const lines = csv.match(/(?:"(?:[^"]|"")*"[,]?)+\r\n/g) ?? [];
  expect(lines.join('')).toBe(csv);
  return lines.map((line) =>
    [...line.matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell = '']) => cell.replaceAll('""', '"')),
  );
}

/** What a spreadsheet that trims and normalizes would run, whatever it separates cells by. */
function isRun(cell: string): boolean {
  if (/^-?\d+$/.test(cell)) return false;
  return cell
    .split(/[;\t\r\n]/)
    .map((part) =>
      part.normalize('NFKC').replace(/[\p{Z}\p{C}\p{Default_Ignorable_Code_Point}"]/gu, ''),
    )
    .some((part) => /^[-=+@\u2212]/.test(part));
}
