const FINE_GRAINED = 'https://github.com/settings/personal-access-tokens/new';
const CLASSIC = 'https://github.com/settings/tokens/new?scopes=repo&description=Masterlist';

/** Where tokens come from, and what exactly they must allow. */
export function TokenHelp() {
  return (
    <div class="help">
      <h3>Which token</h3>
      <p>
        We recommend a <External href={FINE_GRAINED}>fine-grained token</External> for the
        repositories with your checklists, with only these permissions:
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">Repository permission</th>
            <th scope="col">Access</th>
            <th scope="col">Used for</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Issues</th>
            <td>Read and write</td>
            <td>reading checklists, creating issues, writing links</td>
          </tr>
          <tr>
            <th scope="row">Pull requests</th>
            <td>Read</td>
            <td>telling pull requests from issues</td>
          </tr>
          <tr>
            <th scope="row">Metadata</th>
            <td>Read</td>
            <td>GitHub adds it automatically</td>
          </tr>
        </tbody>
      </table>
      <p>
        Or a <External href={CLASSIC}>classic token</External> with the scope <code>repo</code> (
        <code>public_repo</code> is enough for public repositories). Repositories where you are an
        outside collaborator need a classic one.
      </p>
      <ul>
        <li>
          A fine-grained token for an organization may need an owner's approval. Until then it can
          read only public repositories; private ones look as if they did not exist.
        </li>
        <li>
          If the organization uses SSO, authorize the token for it: “Configure SSO” next to the
          token in your GitHub settings.
        </li>
      </ul>
    </div>
  );
}

function External({ href, children }: { readonly href: string; readonly children: string }) {
  return (
    <a href={href} target="_blank" rel="noreferrer">
      {children}
    </a>
  );
}
