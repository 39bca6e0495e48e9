import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { LostProps } from '../../components/options/LostData.tsx';
import { type Failure, type Result, unanswered, unforeseen } from '../../lib/core/failures.ts';
import { type ChecklistRef, sameChecklist } from '../../lib/core/refs.ts';
import type { AllSettings } from '../../lib/core/settings/settings.ts';
import { type FileSettings, listSettingChanges } from '../../lib/core/settings/settings-file.ts';
import { mergeSettings } from '../../lib/core/settings/table.ts';
import { isNothing, type LostFacts } from '../../lib/core/stored-copies.ts';

/** What giving back the facts of a lost database depends on. */
export interface LostContext {
  readonly lost: ReadonlySignal<LostFacts | undefined>;
  readonly changeLost: (
    change: (lost: LostFacts | undefined) => LostFacts | undefined,
  ) => Promise<void>;
  /** Asks the background to track a checklist under the account of now. */
  readonly track: (checklist: ChecklistRef) => Promise<Result<unknown>>;
}

/** What a lost database knew: each part comes back when the user says so. */
export function lostModel(
  { lost, changeLost, track }: LostContext,
  now: ReadonlySignal<AllSettings>,
  apply: (settings: FileSettings) => Promise<boolean>,
): LostProps {
  const failure = signal<Failure | undefined>(undefined);
  const busy = signal(false);
  const keep = (change: (lost: LostFacts) => LostFacts) =>
    changeLost((before) => {
      const after = before && change(before);
      return after === undefined || isNothing(after) ? undefined : after;
    });
  const withoutSettings = () => keep((before) => ({ ...before, preferences: {}, alerts: {} }));
  const act = async (doing: () => Promise<Failure | undefined>) => {
    if (busy.value) return;
    busy.value = true;
    failure.value = await doing().catch((error: unknown) => unforeseen(error));
    busy.value = false;
  };
  return {
    lostChecklists: computed(() => lost.value?.checklists ?? []),
    lostSettings: computed(() => changesOf(now.value, lost.value)),
    lostFailure: failure,
    lostBusy: busy,
    onTrackAgain: (checklist) =>
      act(async () => {
        const answer = await track(checklist).catch(unanswered);
        if (!answer.ok) return answer.failure;
        await keep(({ checklists, ...others }) => ({
          ...others,
          checklists: checklists.filter((one) => !sameChecklist(one, checklist)),
        }));
        return undefined;
      }),
    onUseSettings: () =>
      act(async () => {
        const { preferences = {}, alerts = {} } = lost.value ?? {};
        if (await apply({ preferences, alerts })) await withoutSettings();
        return undefined;
      }),
    onForgetLost: () =>
      act(async () => {
        await changeLost(() => undefined);
        return undefined;
      }),
  };
}

function changesOf(now: AllSettings, lost: LostFacts | undefined) {
  if (lost === undefined) return [];
  return listSettingChanges(now, {
    preferences: mergeSettings(now.preferences, lost.preferences),
    alerts: mergeSettings(now.alerts, lost.alerts),
  });
}
