import type { IdentityStrategy } from '../../lib/core/identity/issue.ts';
import { CHOICES } from '../../lib/core/settings/describe-settings.ts';
import type { SettingsProps } from './SettingsSection.tsx';

/** What each way means, in one sentence. */
const MEANINGS: Readonly<Record<IdentityStrategy, string>> = {
  links:
    'An item belongs to the issue that its text links, such as (closes #123): everybody sees it, and it holds when the words change.',
  block:
    'The words of the items are not touched: one hidden comment at the end of the checklist says which issue belongs to which item.',
  title:
    'As with links; and an item without a link takes the only open issue with its title, without asking.',
};

/** How items find their issues: one of three ways, each with what it means. */
export function SettingsIdentity({
  preferences,
  onChange,
}: Pick<SettingsProps, 'preferences' | 'onChange'>) {
  const { identity } = preferences.value.generation;
  return (
    <section aria-labelledby="identity-head">
      <h2 id="identity-head">How items find their issues</h2>
      <fieldset>
        <legend class="unseen">How items find their issues</legend>
        {CHOICES.identity.map(([way, words]) => (
          <div class="field check" key={way}>
            <input
              id={`identity-${way}`}
              type="radio"
              name="identity"
              value={way}
              checked={way === identity}
              aria-describedby={`identity-${way}-hint`}
              onChange={() => onChange({ generation: { identity: way } })}
            />
            <label for={`identity-${way}`}>{words}</label>
            <p id={`identity-${way}-hint`} class="muted">
              {MEANINGS[way]}
            </p>
          </div>
        ))}
      </fieldset>
    </section>
  );
}
