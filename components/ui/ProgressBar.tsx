interface ProgressBarProps {
  readonly total: number;
  readonly done: number;
  /** Drawn behind what is done. */
  readonly linked?: number;
}

/** How far something is, for the eye only: the words stand beside it. */
export function ProgressBar({ total, done, linked = 0 }: ProgressBarProps) {
  const width = (count: number) => `${total === 0 ? 0 : Math.min(100, (100 * count) / total)}%`;
  return (
    <div class="progress" aria-hidden="true">
      <div class="linked" style={{ width: width(linked) }} />
      <div class="done" style={{ width: width(done) }} />
    </div>
  );
}
