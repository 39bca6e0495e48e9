// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { OptionsPage } from '../../components/options/OptionsPage.tsx';
import type { DownloadFile } from '../../components/ui/download-file.ts';
import { createOptionsModel, type OptionsModel } from '../../entrypoints/options/options-model.ts';
import { fail, failure, type Result, succeed } from '../../lib/core/failures.ts';
import { type ChecklistRef, checklistKey, issueChecklist } from '../../lib/core/refs.ts';
import { parseRules } from '../../lib/core/settings/rules-file.ts';
import { type Preferences, rulesOf } from '../../lib/core/settings/settings.ts';
import type { PartialSettings } from '../../lib/core/settings/table.ts';
import type { TrackedChecklist } from '../../lib/core/sync/tracked.ts';
import { completePreferences } from '../../lib/settings.ts';
import type { Db } from '../../lib/store/db.ts';
import { createOptionsWorld } from './options-world.ts';
import { type Rendered, show } from './render.ts';

const REPO = { host: 'github.com', owner: 'ann', name: 'demo' };
const TRACKED: TrackedChecklist = {
  checklist: issueChecklist({ repo: REPO, number: 12 }),
  title: 'Release plan',
  login: 'ann',
  since: 0,
};

describe('the options for keeping up to date', () => {
  let db: Db;
  let model: OptionsModel;
  let view: Rendered;
  let files: readonly DownloadFile[];
  let released: ChecklistRef[];
  let answer: Result<unknown>;
  let settings: { readonly value: PartialSettings<Preferences> };
  let tracked: { value: readonly TrackedChecklist[] };

  beforeEach(() => {
    const { world, context } = createOptionsWorld();
    ({ settings, tracked, files } = world);
    db = context.db;
    released = [];
    answer = succeed(undefined);
    tracked.value = [TRACKED];
    model = createOptionsModel({
      ...context,
      untrack: async (checklist) => {
        released.push(checklist);
        return answer;
      },
    });
    view = show(<OptionsPage {...model} />);
  });

  it('keep the minutes between two checks within 1 and 60, whole', async () => {
    for (const [written, kept] of [
      ['5', 5],
      ['0', 1],
      ['-3', 1],
      ['90', 60],
      ['2.6', 3],
    ] as const) {
      await change('poll-minutes', written);
      expect(completePreferences(settings.value).pollMinutes, written).toBe(kept);
      expect(input('poll-minutes').value).toBe(String(kept));
    }
    await change('poll-minutes', '');
    expect(completePreferences(settings.value).pollMinutes).toBe(3);
  });

  it('change one rule and leave the others', async () => {
    await change('not-planned', 'tick');
    await change('base-branches', 'release/*, , next,next');
    await view.click(input('parents'));
    await view.click(input('pull-requests'));
    await view.click(input('skip-sync-preview'));
    const now = completePreferences(settings.value);
    expect(now.rules).toEqual({
      notPlanned: 'tick',
      duplicate: 'leave',
      pullRequests: false,
      pullRequestsFrom: [],
      baseBranches: ['release/*', 'next'],
      tickOnBaseBranches: false,
      parents: true,
      remarks: true,
      trustedAuthors: [],
    });
    expect(now.skipSyncPreview).toBe(true);
  });

  it('say that the file of a repository wins', () => {
    expect(view.text()).toContain('.github/masterlist.yml');
    expect(view.text()).toContain('that file is used instead of these rules');
  });

  it('give the rules as a file that says the same', async () => {
    await change('duplicate', 'tick');
    await change('base-branches', 'release/*');
    await change('link-style', 'parenthesis');
    await view.click(view.button('Download these rules as masterlist.yml'));
    expect(files.map(({ name }) => name)).toEqual(['masterlist.yml']);
    const read = parseRules(files[0]?.text ?? '', 'github.com');
    expect(read).toMatchObject({
      mistakes: [],
      rules: rulesOf(completePreferences(settings.value)),
    });
  });

  it('list what is kept up to date, and stop it', async () => {
    expect(view.text()).toContain('ann/demoRelease plan #12, as ann');
    await view.click(view.button('Stop tracking: Release plan'));
    expect(released.map(checklistKey)).toEqual(['github.com/ann/demo#12']);
    answer = fail(failure('offline'));
    await view.click(view.button('Stop tracking: Release plan'));
    expect(view.text()).toContain('GitHub cannot be reached');
    tracked.value = [];
    await view.again(<OptionsPage {...model} />);
    expect(view.text()).toContain('None yet: generate issues from a checklist');
  });

  it('give the log as JSON and as CSV', async () => {
    const event = {
      at: 0,
      kind: 'write-master',
      job: 'J',
      run: 'R',
      checklistKey: 'github.com/ann/demo#12',
      cause: { by: 'background', what: 'sync' },
      login: 'ann',
      before: '=cmd()',
    } as const;
    await db.use(async (open) => {
      await open.clear('events');
      await open.add('events', event);
    });
    await view.click(view.button('Download the log as JSON'));
    await view.click(view.button('Download the log as CSV'));
    expect(files.map(({ name }) => name)).toEqual(['masterlist-log.json', 'masterlist-log.csv']);
    expect(JSON.parse(files[0]?.text ?? '')).toEqual([event]);
    expect(files[1]?.text).toContain('"1970-01-01T00:00:00.000Z","write-master"');
  });

  function input(id: string): HTMLInputElement {
    const found = view.root.querySelector<HTMLInputElement>(`#${id}`);
    if (found === null) throw new Error(`no ${id}`);
    return found;
  }

  async function change(id: string, value: string) {
    await view.type(input(id), value);
  }
});
