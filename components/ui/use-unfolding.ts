import { useEffect, useState } from 'preact/hooks';

interface Unfolding {
  readonly open: boolean;
  readonly onToggle: (event: { readonly currentTarget: HTMLDetailsElement }) => void;
}

/** State of a `details` that is folded at first, for its attributes; `onUnfold` asks for what it shows, each time it is unfolded and only then. */
export function useUnfolding(onUnfold: () => void): Unfolding {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (open) onUnfold();
  }, [open]);
  return { open, onToggle: ({ currentTarget }) => setOpen(currentTarget.open) };
}
