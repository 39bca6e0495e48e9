import type { PeriodChoice } from '../../lib/core/metrics/period.ts';
import { formatRepo, type RepoRef } from '../../lib/core/refs.ts';
import { PeriodField } from '../ui/PeriodField.tsx';

interface MetricsFiltersProps {
  /** Repositories of the checklists, by `repoKey`. */
  readonly repos: readonly { readonly key: string; readonly repo: RepoRef }[];
  /** `repoKey`; '' for all. */
  readonly repo: string;
  /** One checklist is shown: its repository is known. */
  readonly isOne: boolean;
  readonly choice: PeriodChoice;
  /** The period's first day comes after its last. */
  readonly isWrong: boolean;
  readonly onRepo: (key: string) => void;
  readonly onChoice: (choice: PeriodChoice) => void;
}

/** Which repository, and when; the checklist is chosen in the head of the page. */
export function MetricsFilters(props: MetricsFiltersProps) {
  const { repos, repo, isOne } = props;
  return (
    <search class="filters">
      {/* First: what comes later moves nothing. */}
      <PeriodField choice={props.choice} isWrong={props.isWrong} onChange={props.onChoice} />
      {!isOne && repos.length > 1 && (
        <label class="choice">
          <span>Repository</span>
          <select value={repo} onChange={({ currentTarget }) => props.onRepo(currentTarget.value)}>
            <option value="">All repositories</option>
            {repos.map((one) => (
              <option key={one.key} value={one.key}>
                {formatRepo(one.repo)}
              </option>
            ))}
          </select>
        </label>
      )}
    </search>
  );
}
