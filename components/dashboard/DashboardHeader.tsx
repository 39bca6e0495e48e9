import type { Failure } from '../../lib/core/failures.ts';
import { type ChecklistRef, checklistKey, nameChecklist } from '../../lib/core/refs.ts';
import { Button } from '../ui/Button.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { Icon } from '../ui/Icon.tsx';
import { LimitLine } from '../ui/LimitLine.tsx';

/** A page as the navigation names it. */
export interface NavigationEntry {
  readonly name: string;
  readonly href: string;
  readonly isCurrent: boolean;
}

/** A checklist that can be chosen in the filter. */
export interface FilterChecklist {
  readonly checklist: ChecklistRef;
  /** '' where it is not known. */
  readonly title: string;
}

interface DashboardHeaderProps {
  readonly pages: readonly NavigationEntry[];
  readonly checklists: readonly FilterChecklist[];
  /** Undefined shows all. */
  readonly shown: ChecklistRef | undefined;
  readonly paused: boolean;
  /** It is being paused, or let go on. */
  readonly busy: boolean;
  readonly failure: Failure | undefined;
  /** Until when GitHub wants to be left alone, in milliseconds since 1970. */
  readonly limitedUntil: number | undefined;
  readonly onShow: (checklist: ChecklistRef | undefined) => void;
  readonly onPause: (paused: boolean) => void;
  readonly onOptions: () => void;
}

/** The head of every page: where one may go, which checklist is shown, and the switch that pauses everything. */
export function DashboardHeader(props: DashboardHeaderProps) {
  const { paused, busy } = props;
  return (
    <header class="top">
      <button type="button" class="btn skip" onClick={skip}>
        Skip to content
      </button>
      <a class="brand" href="#/">
        <Icon name="tasklist" size={20} /> Masterlist
      </a>
      <nav aria-label="Pages">
        <ul>
          {props.pages.map(({ name, href, isCurrent }) => (
            <li key={name}>
              <a href={href} aria-current={isCurrent ? 'page' : undefined}>
                {name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div class="tools">
        <Filter {...props} />
        <Button busy={busy} onPress={() => props.onPause(!paused)}>
          {paused ? 'Resume everything' : 'Pause everything'}
        </Button>
        <Button onPress={props.onOptions}>Options</Button>
      </div>
      <div class="said" role="status">
        {paused && (
          <p class="note">
            <Icon name="alert" />
            <span>
              <strong>Everything is paused in this browser.</strong> No refreshes, no writes, no
              alerts. Press Resume everything to continue.
            </span>
          </p>
        )}
      </div>
      {props.limitedUntil !== undefined && <LimitLine until={props.limitedUntil} paused={paused} />}
      {props.failure && <FailureNote failure={props.failure} onOptions={props.onOptions} />}
    </header>
  );
}

/** A link would change the address, which is the router's. */
function skip() {
  document.querySelector<HTMLElement>('main h1')?.focus();
}

function Filter({ checklists, shown, onShow }: DashboardHeaderProps) {
  const value = shown === undefined ? '' : checklistKey(shown);
  const isListed = checklists.some(({ checklist }) => checklistKey(checklist) === value);
  const all = isListed || !shown ? checklists : [...checklists, { checklist: shown, title: '' }];
  return (
    <label class="filter">
      <span>Checklist</span>
      <select
        value={value}
        onChange={({ currentTarget }) => {
          const chosen = all.find(
            ({ checklist }) => checklistKey(checklist) === currentTarget.value,
          );
          onShow(chosen?.checklist);
        }}
      >
        <option value="">All checklists</option>
        {all.map(({ checklist, title }) => (
          <option key={checklistKey(checklist)} value={checklistKey(checklist)}>
            {[title, nameChecklist(checklist)].filter(Boolean).join(' · ')}
          </option>
        ))}
      </select>
    </label>
  );
}
