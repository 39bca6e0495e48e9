import { PERIODS, type PeriodChoice } from '../../lib/core/metrics/period.ts';

interface PeriodFieldProps {
  readonly choice: PeriodChoice;
  /** The first day comes after the last. */
  readonly isWrong: boolean;
  readonly onChange: (choice: PeriodChoice) => void;
}

/** A choice of a period, with two days where it is one's own. */
export function PeriodField({ choice, isWrong, onChange }: PeriodFieldProps) {
  return (
    <>
      <label class="choice">
        <span>Period</span>
        <select
          value={choice.kind}
          onChange={({ currentTarget }) => onChange(choiceOf(currentTarget.value))}
        >
          {Object.entries(PERIODS).map(([kind, words]) => (
            <option key={kind} value={kind}>
              {words}
            </option>
          ))}
        </select>
      </label>
      {choice.kind === 'own' && (
        <>
          <Day
            name="First day"
            value={choice.first}
            isWrong={isWrong}
            onChange={(first) => onChange({ ...choice, first })}
          />
          <Day
            name="Last day"
            value={choice.last}
            isWrong={isWrong}
            onChange={(last) => onChange({ ...choice, last })}
          />
          <p class="problem" id="period-problem" role="alert">
            {isWrong && 'The first day comes after the last: change one of them.'}
          </p>
        </>
      )}
    </>
  );
}

interface DayProps {
  readonly name: string;
  readonly value: string;
  readonly isWrong: boolean;
  readonly onChange: (day: string) => void;
}

function Day({ name, value, isWrong, onChange }: DayProps) {
  return (
    <label class="choice">
      <span>{name}</span>
      <input
        type="date"
        value={value}
        aria-invalid={isWrong}
        aria-describedby="period-problem"
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    </label>
  );
}

function choiceOf(kind: string): PeriodChoice {
  switch (kind) {
    case '30-days':
    case '90-days':
    case 'year':
      return { kind };
    case 'own':
      return { kind, first: '', last: '' };
    default:
      return { kind: 'all' };
  }
}
