// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { MetricsModelView } from '../../entrypoints/dashboard/metrics-page.tsx';
import { fail, failure, succeed } from '../../lib/core/failures.ts';
import { utcDay } from '../../lib/core/metrics/calendar.ts';
import { metricsCsv, metricsJson } from '../../lib/core/metrics/metrics-files.ts';
import { metricsMarkdown } from '../../lib/core/metrics/metrics-markdown.ts';
import { checklistKey, issueKey } from '../../lib/core/refs.ts';
import { OTHER, PLAN } from './log-samples.ts';
import { NOON, type SampleMetrics, sampleDates, sampleMetrics } from './metrics-samples.ts';
import { type Rendered, settle, show } from './render.ts';

/** What stands in for uPlot: happy-dom has no canvas. */
const plots = vi.hoisted(() => ({
  made: [] as {
    readonly options: { readonly width: number };
    readonly data: readonly (readonly number[])[];
  }[],
  destroyed: 0,
  fails: false,
}));

vi.mock('uplot', () => {
  class Plot {
    static paths = { bars: () => undefined };
    readonly width = 0;
    constructor(options: { readonly width: number }, data: readonly (readonly number[])[]) {
      if (plots.fails) throw new Error('no canvas');
      plots.made.push({ options, data });
    }
    redraw() {}
    setSize() {}
    destroy() {
      plots.destroyed += 1;
    }
  }
  return { default: Plot };
});

beforeEach(() => {
  plots.made.length = 0;
  plots.destroyed = 0;
  plots.fails = false;
});

async function shown(
  ...given: Parameters<typeof sampleMetrics>
): Promise<Rendered & SampleMetrics & { readonly tile: (name: string) => string | undefined }> {
  const sample = sampleMetrics(...given);
  await sample.model.load(new AbortController().signal);
  const view = show(<MetricsModelView model={sample.model} />);
  await settle();
  const tile = (name: string) =>
    [...view.root.querySelectorAll('.tile')]
      .find((one) => one.querySelector('dt')?.textContent === name)
      ?.querySelector('dd')?.textContent;
  return { ...sample, ...view, tile };
}

function tableOf(root: HTMLElement, title: string): string[][] {
  const section = root.querySelector(`section[aria-label="${title}"]`);
  return [...(section?.querySelectorAll('tr') ?? [])].map((row) =>
    [...row.children].map((cell) => cell.textContent ?? ''),
  );
}

describe('the metrics', () => {
  it('begin with the figures at a glance', async () => {
    const { tile } = await shown();
    expect(tile('Open')).toBe('1');
    expect(tile('Closed')).toBe('3');
    // Of the two that were closed in the last 90 days: 10 and 17 days.
    expect(tile('Time to close, median')).toBe('14 days');
    expect(tile('Closed per week')).toBe('1');
  });

  it('are filtered by the checklist of the address and by repository', async () => {
    const { tile, route, field, type, root } = await shown();
    await type(field('Repository'), 'github.com/octo-org/tool');
    expect(tile('Open')).toBe('0');
    expect(tile('Closed')).toBe('1');
    route.value = { checklist: PLAN.checklist };
    await settle();
    expect(tile('Open')).toBe('1');
    expect(tile('Closed')).toBe('2');
    expect(root.textContent).not.toContain('Repository');
  });

  it('are filtered by period, also by own days', async () => {
    const { tile, field, type, text } = await shown();
    await type(field('Period'), 'all');
    expect(tile('Time to close, median')).toBe('17 days');
    await type(field('Period'), 'own');
    await type(field('First day'), '2026-11-15');
    await type(field('Last day'), '2026-11-18');
    expect(tile('Time to close, median')).toBe('17 days');
    expect(tile('Closed per week')).toBe('1');
    await type(field('First day'), '2026-11-19');
    expect(text()).toContain('The first day comes after the last');
  });

  it('give every chart as a real table, newest first', async () => {
    const { root } = await shown();
    const burnUp = tableOf(root, 'Issues, all and closed');
    expect(burnUp[0]).toEqual(['Day', 'All', 'Closed']);
    // 90 days are too many rows: the ends of weeks, and today.
    expect(burnUp[1]).toEqual(['2026-11-20', '4', '3']);
    expect(burnUp[2]).toEqual(['2026-11-15', '4', '2']);
    const requests = tableOf(root, 'GitHub requests per day');
    expect(requests.slice(1)).toEqual([
      [utcDay(NOON), '60', '2'],
      [utcDay(NOON - 86_400_000), '120', '4'],
    ]);
    expect(tableOf(root, 'Failures')).toEqual([
      ['Failure', 'Times'],
      ['Sync: offline', '1'],
    ]);
    expect(tableOf(root, 'Differences left by the last Reconcile').slice(1)).toEqual([
      ['Issues gone', '2'],
    ]);
  });

  it('draw the numbers of the table, and show it in place of the drawing on request', async () => {
    const { root, button, click } = await shown();
    expect(plots.made).toHaveLength(5);
    const [days, all, closed] = plots.made[0]?.data ?? [];
    expect(days?.at(-1)).toBe(Date.UTC(2026, 10, 20) / 1_000);
    expect([all?.at(-1), closed?.at(-1)]).toEqual([4, 3]);
    const destroyed = plots.destroyed;
    const section = root.querySelector('section[aria-label="Issues, all and closed"]');
    expect(section?.querySelector('.numbers')?.classList.contains('unseen')).toBe(true);
    await click(button('Show as a table: Issues, all and closed'));
    expect(section?.querySelector('.numbers')?.classList.contains('unseen')).toBe(false);
    expect(section?.querySelector('.drawing')).toBeNull();
    expect(plots.destroyed).toBe(destroyed + 1);
    const pressed = button('Show as a table: Issues, all and closed').getAttribute('aria-pressed');
    expect(pressed).toBe('true');
  });

  it('show the tables where nothing can be drawn', async () => {
    plots.fails = true;
    const { root, text } = await shown();
    expect(text()).toContain('The chart cannot be drawn here');
    expect(root.querySelectorAll('.numbers.unseen')).toHaveLength(0);
    expect(root.querySelectorAll('.numbers table').length).toBeGreaterThan(3);
  });

  it('export exactly what is shown', async () => {
    const { model, files, field, type, button, click } = await shown();
    await type(field('Repository'), 'github.com/octo-org/tool');
    for (const form of ['CSV', 'JSON', 'Markdown']) await click(button(`Download as ${form}`));
    const metrics = model.metrics.value;
    if (metrics === undefined) throw new Error('no metrics');
    expect(files.map(({ text }) => text)).toEqual([
      metricsCsv(metrics),
      metricsJson(metrics),
      metricsMarkdown(metrics),
    ]);
    expect(files[0]?.text).toContain(OTHER.title);
    expect(files[0]?.text).not.toContain(PLAN.title);
  });

  it('say what comes next where there is nothing', async () => {
    const none = await shown({ loadChecklists: async () => new Map() });
    expect(none.text()).toContain('No checklist is tracked');
    expect(none.root.querySelector('a')?.getAttribute('href')).toBe('#/');
    const fresh = await shown({ loadDates: async () => [] });
    expect(fresh.text()).toContain('No issues are linked yet');
    expect(fresh.tile('Time to close, median')).toBe('none yet');
    const open = await shown({ loadDates: async () => [sampleDates(1, 5, undefined)] });
    expect(open.text()).toContain('Nothing was closed in this period.');
  });

  it("show what GitHub's dates tell before the log is read", async () => {
    const sample = sampleMetrics({ loadEvents: () => new Promise(() => {}) });
    void sample.model.load(new AbortController().signal);
    const { root, button } = show(<MetricsModelView model={sample.model} />);
    expect(root.querySelectorAll('[aria-busy="true"]').length).toBeGreaterThan(5);
    await settle();
    expect(tableOf(root, 'Issues, all and closed')[1]).toEqual(['2026-11-20', '4', '3']);
    expect(root.querySelector('section[aria-label="Failures"]')?.textContent).toContain(
      'Calculating…',
    );
    expect(button('Download as CSV').disabled).toBe(true);
  });

  it('say why they cannot be read', async () => {
    const { text } = await shown({ loadDates: () => Promise.reject(new Error('disk full')) });
    expect(text()).toContain('disk full');
  });
});

describe("GitHub's dates", () => {
  it('are not asked for again while they are fresh, and their age is told', async () => {
    const { asked, text } = await shown();
    expect(asked).toEqual([]);
    expect(text()).toContain("GitHub's dates as of 1 hour ago.");
  });

  it('are asked for when they are old, one checklist after the other, while the old are shown', async () => {
    let answer: (() => void) | undefined;
    const refreshDates = () =>
      new Promise((resolve) => {
        answer = () => resolve(succeed(undefined));
      });
    const sample = sampleMetrics({ loadAge: async () => NOON - 7 * 3_600_000 }, { refreshDates });
    const loaded = sample.model.load(new AbortController().signal);
    const { text, button } = show(<MetricsModelView model={sample.model} />);
    await settle();
    expect(sample.asked).toEqual([['refreshDates', { checklist: PLAN.checklist, isAsked: false }]]);
    expect(text()).toContain('Reading dates from GitHub: 0 of 2 checklists');
    expect(text()).toContain("GitHub's dates as of 7 hours ago");
    expect(button('Refresh').getAttribute('aria-busy')).toBe('true');
    answer?.();
    await settle();
    expect(sample.asked).toHaveLength(2);
    expect(text()).toContain('1 of 2 checklists');
    sample.dates.value = [sampleDates(11, 20, undefined)];
    answer?.();
    await loaded;
    await settle();
    expect(text()).toContain('Open1');
    expect(button('Refresh').getAttribute('aria-busy')).toBe('false');
  });

  it('of what is shown are renewed on request; the others are not asked for', async () => {
    const { asked, route, button, click } = await shown();
    route.value = { checklist: OTHER.checklist };
    await settle();
    await click(button('Refresh'));
    expect(asked).toEqual([['refreshDates', { checklist: OTHER.checklist, isAsked: true }]]);
  });

  it('that cannot be had say of which checklist, and the others are asked for all the same', async () => {
    const problem = failure('offline');
    const refreshDates = (query: unknown) =>
      JSON.stringify(query).includes('"tool"') ? succeed(undefined) : fail(problem);
    const { asked, button, click, text } = await shown({}, { refreshDates });
    await click(button('Refresh'));
    expect(asked).toHaveLength(2);
    expect(text()).toContain(problem.message);
    expect(text()).toContain(`No new dates for ${PLAN.title}.`);
  });
});

describe('the summary in the issue', () => {
  it('is of one checklist: with several it says what to do', async () => {
    const { text, button } = await shown();
    expect(text()).toContain('Choose one checklist above');
    expect(() => button(/^Post a summary/)).toThrow();
  });

  it('is posted after a question that says what is written, and removed likewise', async () => {
    const { asked, route, button, click, text } = await shown();
    route.value = { checklist: PLAN.checklist };
    await settle();
    await click(button('Post a summary: octo-org/octo-repo#1'));
    expect(text()).toContain('at the end of the text of octo-org/octo-repo#1');
    expect(asked).toEqual([]);
    await click(button('Write into octo-org/octo-repo#1'));
    expect(asked).toEqual([['postSummary', { checklist: PLAN.checklist, post: true }]]);
    expect(text()).toContain('The summary is in the issue.');
    await click(button('Remove the summary: octo-org/octo-repo#1'));
    await click(button('Remove it from octo-org/octo-repo#1'));
    expect(asked.at(-1)).toEqual(['postSummary', { checklist: PLAN.checklist, post: false }]);
    expect(text()).toContain('The summary was removed from the issue.');
  });

  it('is told of the checklist that it is of, whichever is shown when it is written', async () => {
    let written = () => {};
    const later = new Promise((resolve) => {
      written = () => resolve(succeed(undefined));
    });
    const { route, button, click, text } = await shown({}, { postSummary: () => later });
    route.value = { checklist: PLAN.checklist };
    await settle();
    await click(button('Post a summary: octo-org/octo-repo#1'));
    await click(button('Write into octo-org/octo-repo#1'));
    expect(text()).toContain('Writing…');
    route.value = { checklist: OTHER.checklist };
    written();
    await settle();
    expect(text()).not.toContain('The summary is in the issue.');
    expect(text()).not.toContain('Writing…');
    route.value = { checklist: PLAN.checklist };
    await settle();
    expect(text()).toContain('The summary is in the issue.');
  });

  it('that could not be posted says why', async () => {
    const problem = failure('locked');
    const { route, button, click, text } = await shown({}, { postSummary: () => fail(problem) });
    route.value = { checklist: PLAN.checklist };
    await settle();
    await click(button('Post a summary: octo-org/octo-repo#1'));
    await click(button('Write into octo-org/octo-repo#1'));
    expect(text()).toContain(problem.message);
    expect(text()).not.toContain('The summary is');
  });

  it('can be posted of a checklist that is not kept up to date', async () => {
    const { asked, route, button, click } = await shown();
    const checklist = { ...PLAN.checklist, number: 99 };
    expect(issueKey(checklist)).not.toBe(checklistKey(PLAN.checklist));
    route.value = { checklist };
    await settle();
    await click(button('Refresh'));
    expect(asked).toEqual([['refreshDates', { checklist, isAsked: true }]]);
  });
});
