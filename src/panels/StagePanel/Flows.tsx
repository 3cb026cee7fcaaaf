import { useMemo, useRef } from 'react';
import type { Scene, SceneFlow } from '../../geometry/scene.ts';
import { formatNumber } from '../../ui/index.ts';
import styles from './StagePanel.module.css';

/** How quickly what is shown follows what is there; single frames would flicker. */
const FOLLOWING = 0.06;
/** Less than this is an empty link. */
const LEAST = 0.15;

type Smooth = { readonly flow: SceneFlow; count: number; perSecond: number };

/** Links on which single messages can't be followed: the denser, the more is on them. */
export function Flows({ scene }: { readonly scene: Scene }) {
  const kept = useRef(new Map<string, Smooth>());
  const shown = useMemo(() => smoothed(kept.current, scene.flows), [scene]);
  const { unit } = scene;
  return shown.map(({ flow, count, perSecond }) => (
    <g key={flow.key}>
      <path
        d={flow.d}
        className={styles.flow}
        strokeWidth={5 * unit}
        strokeDasharray={`0.1 ${Math.max(7, 26 - 4 * count) * unit}`}
      />
      {flow.at && (
        <text x={flow.at.x} y={flow.at.y} fontSize={14 * unit} className={styles.rate}>
          {formatNumber(Number(perSecond.toPrecision(perSecond < 10 ? 1 : 2)))}/s
        </text>
      )}
    </g>
  ));
}

function smoothed(kept: Map<string, Smooth>, flows: readonly SceneFlow[]): readonly Smooth[] {
  for (const flow of flows) {
    const { count, perSecond } = kept.get(flow.key) ?? flow;
    kept.set(flow.key, { flow, count, perSecond });
  }
  for (const [key, one] of kept) {
    const now = flows.find((flow) => flow.key === key);
    one.count += ((now?.count ?? 0) - one.count) * FOLLOWING;
    one.perSecond += ((now?.perSecond ?? 0) - one.perSecond) * FOLLOWING;
    if (one.count < LEAST) kept.delete(key);
  }
  return [...kept.values()].map((one) => ({ ...one }));
}
