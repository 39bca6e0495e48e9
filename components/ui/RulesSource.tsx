/** Says where the rules come from by which a checklist is written. */
export function RulesSource({ from }: { readonly from: 'file' | 'browser' }) {
  return (
    <p class="muted">
      Rules: {from === 'file' ? 'from .github/masterlist.yml' : "from this browser's settings"}
    </p>
  );
}
