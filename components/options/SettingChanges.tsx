import type { SettingChange } from '../../lib/core/settings/settings-file.ts';

interface SettingChangesProps {
  readonly changes: readonly SettingChange[];
  /** Where the other values are, as a heading. */
  readonly source: string;
}

/** Settings that would change, each with its value of now and the other one. */
export function SettingChanges({ changes, source }: SettingChangesProps) {
  return (
    <div class="wide">
      <table>
        <thead>
          <tr>
            <th scope="col">Setting</th>
            <th scope="col">Now</th>
            <th scope="col">{source}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ path, name, before, after }) => (
            <tr key={path}>
              <th scope="row">{name}</th>
              <td>{before}</td>
              <td>{after}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
