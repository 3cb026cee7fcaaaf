import { type ReactNode, useMemo } from 'react';
import { useFrame, useSession, useTheSession } from '../../panels/useSession.ts';
import { Segmented } from '../../ui/index.ts';
import { isChangedFromLibrary } from '../changed.ts';
import { twinsOf } from '../twins.ts';
import styles from './Masthead.module.css';
import { shortTitles } from './shortTitles.ts';

/** Above the stage: what this is, the one number in words, and the way to its twin. */
export function Masthead({ tools }: { readonly tools: ReactNode }) {
  const title = useSession((state) => state.scenario.title);
  const watch = useSession((state) => state.scenario.watch);
  const edited = useSession((state) => state.edited);
  const opened = useSession((state) => state.opened);
  const isChanged = useMemo(() => edited || isChangedFromLibrary(opened), [edited, opened]);
  return (
    <header className={styles.masthead}>
      <div className={styles.words}>
        <h1 className={styles.title}>
          {title}
          {isChanged && <span className={styles.edited}> (changed)</span>}
        </h1>
        {watch && <p className={styles.watch}>{watch}</p>}
      </div>
      <Headline />
      <div className={styles.second}>
        <TwinToggle />
        <div className={styles.tools}>{tools}</div>
      </div>
    </header>
  );
}

function Headline() {
  const world = useSession((state) => state.world);
  const id = useSession((state) => state.scenario.headline);
  const seed = useSession((state) => state.scenario.seed);
  const frame = useFrame(250);
  return (
    <p className={styles.headline}>
      <strong className={styles.number}>{world.headline(id ?? '', frame.figures)}</strong>
      <span className={styles.seed}>{`with seed ${seed}`}</span>
    </p>
  );
}

/** Without and with: the other one of the pair at the same moment; the one before stays as a ghost in the charts. */
function TwinToggle() {
  const session = useTheSession();
  const preset = useSession((state) => state.opened.preset);
  const opened = useSession((state) => state.opened);
  const twins = twinsOf(opened);
  if (twins.length < 2 || preset === undefined) return null;
  const titles = shortTitles(twins.map((twin) => twin.title));
  return (
    <Segmented
      label="Compare"
      hideLabel
      value={preset}
      options={twins.map((twin, k) => ({ value: twin.preset ?? '', label: titles[k]! }))}
      onChange={(id) => {
        const twin = twins.find((one) => one.preset === id);
        if (twin !== undefined) session.getState().openTwin(twin);
      }}
    />
  );
}
