import { useState } from 'preact/hooks';
import { previewTemplate, SAMPLE_MARKDOWN } from '../../lib/core/settings/preview-template.ts';
import { type FieldProps, Hint } from './SettingsField.tsx';

interface SettingsTemplateProps extends FieldProps<string> {
  /** What is wrong with a template, as a sentence; undefined when it is sound. */
  readonly problemOf: (template: string) => string | undefined;
}

/** The text of issues and, next to it, a sample made of it while it is typed. Saved when the field is left. */
export function SettingsTemplate(props: SettingsTemplateProps) {
  const { id, label, hint, value, problemOf, onChange } = props;
  const [typed, setTyped] = useState<string | undefined>();
  const template = typed ?? value;
  const problem = problemOf(template);
  const leave = () => {
    if (problem !== undefined) return;
    if (typed !== undefined && typed !== value) onChange(typed);
    setTyped(undefined);
  };
  return (
    <div class="field template">
      <div>
        <label for={id}>{label}</label>
        <textarea
          id={id}
          rows={7}
          value={template}
          spellcheck={false}
          aria-describedby={`${id}-hint`}
          aria-invalid={problem !== undefined}
          onInput={(event) => setTyped(event.currentTarget.value)}
          onChange={leave}
        />
        <Hint id={id} hint={hint} problem={problem} />
      </div>
      <Sample template={template} />
    </div>
  );
}

function Sample({ template }: { readonly template: string }) {
  const { visible, hidden, unknown } = previewTemplate(template);
  return (
    <figure aria-labelledby="template-sample">
      <figcaption id="template-sample">The issue for “{SAMPLE_ITEM}” in #12</figcaption>
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
