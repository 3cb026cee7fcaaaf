import type { Scene } from '../../geometry/scene.ts';
import { VisuallyHidden } from '../../ui/index.ts';

/** The stage in words, for those who don't see it: the same numbers, in a table. */
export function StageTable({ scene }: { readonly scene: Scene }) {
  return (
    <VisuallyHidden>
      <table>
        <caption>Who is doing what</caption>
        <thead>
          <tr>
            <th scope="col">Node</th>
            <th scope="col">State</th>
            <th scope="col">{scene.itemsWord ?? 'Images'}</th>
          </tr>
        </thead>
        <tbody>
          {scene.nodes.map((node) => (
            <tr key={node.address}>
              <th scope="row">{node.name}</th>
              <td>{node.state}</td>
              <td>{node.items === '' ? 'none' : node.items}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </VisuallyHidden>
  );
}
