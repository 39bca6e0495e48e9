import { nameEntryKind } from '../../lib/core/log/describe-entry.ts';
import type { LogLine } from '../../lib/core/log/event.ts';
import type { PeriodChoice } from '../../lib/core/metrics/period.ts';
import { Button } from '../ui/Button.tsx';
import { PeriodField } from '../ui/PeriodField.tsx';

/** What the user can set of the log's filter; '' stands for all. */
export interface LogQuery {
  readonly kind: LogLine['kind'] | '';
  readonly login: string;
  readonly cause: string;
  readonly search: string;
  readonly period: PeriodChoice;
}

interface LogFiltersProps {
  readonly query: LogQuery;
  /** What there is to choose from. */
  readonly choices: {
    readonly logins: readonly string[];
    readonly causes: readonly string[];
    readonly kinds: readonly LogLine['kind'][];
  };
  /** The period's first day comes after its last. */
  readonly isWrong: boolean;
  readonly onQuery: (change: Partial<LogQuery>) => void;
  readonly onClear: () => void;
}

/** The filters of the log: words, kind, cause, who, period. */
export function LogFilters({ query, choices, isWrong, onQuery, onClear }: LogFiltersProps) {
  const { kind, cause, login, search, period } = query;
  return (
    <search class="filters">
      <label class="choice words">
        <span>Search</span>
        <input
          type="search"
          value={search}
          placeholder="Words, #12, a name"
          onInput={({ currentTarget }) => onQuery({ search: currentTarget.value })}
        />
      </label>
      <Choice
        name="Kind"
        value={kind}
        options={choices.kinds.map((one) => [one, nameEntryKind(one)])}
        onChange={(value) => onQuery({ kind: choices.kinds.find((one) => one === value) ?? '' })}
      />
      <Choice
        name="Why"
        value={cause}
        options={choices.causes.map((one) => [one, one])}
        onChange={(value) => onQuery({ cause: value })}
      />
      <Choice
        name="Who"
        value={login}
        options={choices.logins.map((one) => [one, one])}
        onChange={(value) => onQuery({ login: value })}
      />
      <PeriodField
        choice={period}
        isWrong={isWrong}
        onChange={(next) => onQuery({ period: next })}
      />
      {/* Not disabled: it would lose the focus as soon as it is pressed. */}
      <Button onPress={onClear}>Show all</Button>
    </search>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, words: string])[];
  readonly onChange: (value: string) => void;
}

function Choice({ name, value, options, onChange }: ChoiceProps) {
  return (
    <label class="choice">
      <span>{name}</span>
      <select value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        <option value="">All</option>
        {options.map(([one, words]) => (
          <option key={one} value={one}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}
