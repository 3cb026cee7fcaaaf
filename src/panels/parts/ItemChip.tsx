import type { CSSProperties } from 'react';
import { hueOfItem } from '../../geometry/hue.ts';
import { spokenFirst } from '../../scenarios/names.ts';
import { useSession, useTheSession } from '../useSession.ts';
import styles from './shared.module.css';

/** An image as on the stage: its number and its hue. Pressed, it is selected everywhere, and pressed again let go. */
export function ItemChip({ id, poison }: { readonly id: number; readonly poison?: boolean }) {
  const session = useTheSession();
  const isSelected = useSession((state) => state.selection?.kind === 'item' && state.selection.id === id);
  return (
    <button
      type="button"
      className={styles.chip}
      style={{ '--hue': hueOfItem(id) } as CSSProperties}
      aria-pressed={isSelected}
      aria-label={`Image ${id}${poison ? ', poison' : ''}`}
      onClick={() => session.getState().select(isSelected ? undefined : { kind: 'item', id })}
    >
      {id}
      {poison && <span aria-hidden="true">☠</span>}
    </button>
  );
}

/** Someone on the stage, by name; pressed, it is selected everywhere. */
export function AddressChip({ address }: { readonly address: string }) {
  const session = useTheSession();
  const world = useSession((state) => state.world);
  const isSelected = useSession((state) => state.selection?.kind === 'address' && state.selection.id === address);
  return (
    <button
      type="button"
      className={styles.address}
      aria-pressed={isSelected}
      onClick={() => session.getState().select(isSelected ? undefined : { kind: 'address', id: address })}
    >
      {spokenFirst(world, address)}
    </button>
  );
}

/** A share of one as a bar; what it says stands beside it. */
export function Bar({ share, tone = 'active' }: { readonly share: number; readonly tone?: string }) {
  return (
    <span className={styles.bar} aria-hidden="true">
      <span style={{ width: `${Math.min(1, Math.max(0, share)) * 100}%`, background: `var(--state-${tone}-fill)` }} />
    </span>
  );
}
