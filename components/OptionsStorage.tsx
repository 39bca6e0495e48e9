/** What is kept where, and who is asked: in one place, in plain words. */
export function OptionsStorage() {
  return (
    <section aria-labelledby="storage">
      <h2 id="storage">What is stored, and who is asked</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Where</th>
            <th scope="col">How long</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Your token</th>
            <td>
              In this browser, encrypted under a key that cannot be exported. Web pages cannot reach
              it; a program that runs as you could.
            </td>
            <td>until you remove it</td>
          </tr>
          <tr>
            <th scope="row">Settings, progress of a run</th>
            <td>In this browser, without secrets.</td>
            <td>until you remove the extension</td>
          </tr>
          <tr>
            <th scope="row">Which checklists are kept up to date, and how they stand</th>
            <td>In this browser.</td>
            <td>until you stop it, or seven days after the checklist was closed</td>
          </tr>
          <tr>
            <th scope="row">Differences that you left as they are</th>
            <td>In this browser.</td>
            <td>until you show them again; the newest 500 of a checklist</td>
          </tr>
          <tr>
            <th scope="row">Previews</th>
            <td>In this browser.</td>
            <td>one day</td>
          </tr>
          <tr>
            <th scope="row">A log of every write, with the text before it</th>
            <td>In this browser.</td>
            <td>30 days</td>
          </tr>
          <tr>
            <th scope="row">Checklists, issues and links</th>
            <td>
              On GitHub. A hidden comment at the end of each issue tells which item it is for.
            </td>
            <td>as long as you keep them</td>
          </tr>
        </tbody>
      </table>
      <p>
        The extension asks <code>api.github.com</code> and nobody else, and acts on pages of{' '}
        <code>github.com</code>. It sends no statistics. Your token goes to{' '}
        <code>api.github.com</code> only.
      </p>
    </section>
  );
}
