import { useState } from 'preact/hooks';
import { previewTemplate, SAMPLE_MARKDOWN } from '../../lib/core/settings/preview-template.ts';
import { settingProblem } from '../../lib/core/settings/setting-problem.ts';
import { Hint } from './SettingsField.tsx';

interface SettingsTemplateProps {
  readonly value: string;
  readonly onChange: (template: string) => unknown;
}

/** The body of issues, and beside it a sample made of it, as it is typed. Saved when the field is left. */
export function SettingsTemplate({ value, onChange }: SettingsTemplateProps) {
  const [typed, setTyped] = useState<string | undefined>();
  const template = typed ?? value;
  const problem = settingProblem('template', template);
  const leave = () => {
    if (problem !== undefined) return;
    if (typed !== undefined && typed !== value) onChange(typed);
    setTyped(undefined);
  };
  return (
    <div class="field template">
      <div>
        <label for="template">Text of an issue</label>
        <textarea
          id="template"
          rows={7}
          value={template}
          spellcheck={false}
          aria-describedby="template-hint"
          aria-invalid={problem !== undefined}
          onInput={(event) => setTyped(event.currentTarget.value)}
          onChange={leave}
        />
        <Hint
          id="template"
          hint="{item} is the item's text, {group} the heading above it, {master} the number of the checklist's issue. Notes below the item, “Part of” and our marker are added by themselves."
          problem={problem}
        />
      </div>
      <Sample template={template} />
    </div>
  );
}

function Sample({ template }: { readonly template: string }) {
  const { visible, hidden, unknown } = previewTemplate(template);
  return (
    <figure aria-labelledby="template-sample">
      <figcaption id="template-sample">An issue for “{SAMPLE_ITEM}” in #12</figcaption>
      <pre>{visible}</pre>
      <p class="muted">
        Hidden on GitHub: <code>{hidden}</code>
      </p>
      <div aria-live="polite">
        {unknown.length > 0 && (
          <p class="problem">
            {unknown.join(', ')} {unknown.length === 1 ? 'is' : 'are'} not filled in: use{' '}
            {'{item}, {group} or {master}'}.
          </p>
        )}
      </div>
    </figure>
  );
}

const SAMPLE_ITEM = /\[ \] (.*)/.exec(SAMPLE_MARKDOWN)?.[1];
