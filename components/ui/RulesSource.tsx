interface RulesSourceProps {
  readonly from: 'file' | 'browser';
  /** A file whose name is almost that of the rules file, where somebody wants to know. */
  readonly near?: string | undefined;
}

/** Says where the rules come from by which a checklist is written. */
export function RulesSource({ from, near }: RulesSourceProps) {
  return (
    <p class="muted">
      Rules: {from === 'file' ? 'from .github/masterlist.yml' : "from this browser's settings"}
      {from === 'browser' &&
        near !== undefined &&
        `; ${near} is not read, the name must be .github/masterlist.yml`}
    </p>
  );
}
