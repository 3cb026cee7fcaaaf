import {
  type KeyboardEvent,
  type MouseEvent,
  useCallback,
  useContext,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import {
  castOf,
  type Direction,
  neighbourOf,
  pick,
  planStage,
  type Scene,
  type StagePlan,
  sceneOf,
  visitedBy,
} from '../../geometry/index.ts';
import { invariant } from '../../kernel/invariant.ts';
import type { Address } from '../../kernel/types.ts';
import { recentDropsOf } from '../../playback/folds.ts';
import type { Session } from '../../playback/session.ts';
import type { SessionActions, SessionState } from '../../playback/types.ts';
import type { WorkTracker } from '../../protocols/workQueue/index.ts';
import { cx, useMediaQuery, VisuallyHidden } from '../../ui/index.ts';
import { NodeMenu } from '../NodeMenu/NodeMenu.tsx';
import { SessionContext } from '../useSession.ts';
import { createAnimator } from './animate.ts';
import { Flows } from './Flows.tsx';
import { MoverMark } from './MoverMark.tsx';
import { NodeMark, Words } from './NodeMark.tsx';
import styles from './StagePanel.module.css';
import { StageTable } from './StageTable.tsx';
import { useStageSize } from './useStageSize.ts';

type Shown = Pick<SessionState, 'frame' | 'selection' | 'playing' | 'speed' | 'world'>;

/** Half a finger's width, in pixels. */
const REACH_PX = 22;
/** Above this speed, or with more nodes, changes of place are drawn at once; a glide would lag behind the run. */
const GLIDE_SPEED_MOST = 4;
const GLIDE_NODES_MOST = 30;
/** While playing, the table is renewed this often; nobody can read it faster. */
const TABLE_EVERY_MS = 500;

const ARROWS: { readonly [key: string]: Direction } = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** *Who is doing what?* The work, moving; each node a button with its menu. It fills its parent. */
export function StagePanel({ session: given, className }: { readonly session?: Session; readonly className?: string }) {
  const around = useContext(SessionContext);
  const session = given ?? around;
  invariant(session !== undefined, 'the stage stands outside a session');

  const box = useRef<HTMLDivElement>(null);
  const rem = useRef<HTMLElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const [animator] = useState(createAnimator);
  const room = useStageSize(box, rem);
  const isStill = useMediaQuery('(prefers-reduced-motion: reduce)');
  const heading = useId();

  const shown = useShown(session);
  const scene = useScene(session, shown, room);
  const { frame, playing, speed, world } = shown;

  // What moves every frame is written here, outside React's render.
  useLayoutEffect(() => {
    animator.adopt(scene);
    animator.show(session.getState().viewMicros);
  }, [animator, scene, session]);
  useEffect(
    () =>
      session.subscribe((state, before) => {
        // Where an event changed something, React draws first.
        if (state.viewMicros === before.viewMicros || state.frame !== before.frame) return;
        // Reduced motion: the same picture in steps; the next event moves it.
        if (isStill && state.playing) return;
        animator.show(state.viewMicros);
      }),
    [animator, session, isStill],
  );

  const [stop, setStop] = useState<Address>();
  const [menu, setMenu] = useState<{ readonly address: Address; readonly wasPlaying: boolean }>();
  const stopAddress = scene.nodes.some((node) => node.address === stop) ? stop : scene.nodes[0]?.address;
  const elementOf = (address: Address) =>
    svg.current?.querySelector<SVGGElement>(`[data-address="${address}"]`) ?? undefined;

  const sceneNow = useRef(scene);
  sceneNow.current = scene;

  const openMenu = useCallback(
    (address: Address) => {
      const { playing: wasPlaying, pause } = session.getState();
      // One can only choose from what stands still.
      if (wasPlaying) pause();
      setStop(address);
      setMenu((open) => (open?.address === address ? undefined : { address, wasPlaying }));
    },
    [session],
  );

  const onKey = useCallback(
    (event: KeyboardEvent<SVGGElement>, address: Address) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const direction = ARROWS[event.key];
      const { nodes } = sceneNow.current;
      const next =
        direction !== undefined
          ? neighbourOf(nodes, address, direction)
          : event.key === 'Home'
            ? nodes[0]?.address
            : event.key === 'End'
              ? nodes.at(-1)?.address
              : undefined;
      if (direction !== undefined || event.key === 'Home' || event.key === 'End') {
        event.preventDefault();
        event.stopPropagation();
        if (next === undefined) return;
        setStop(next);
        svg.current?.querySelector<SVGGElement>(`[data-address="${next}"]`)?.focus();
      } else if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        event.stopPropagation();
        openMenu(address);
      }
    },
    [openMenu],
  );

  const onPointer = (event: MouseEvent<SVGSVGElement>) => {
    if (event.type === 'click' && event.detail === 0) return;
    const { playing: wasPlaying, pause, select, viewMicros } = session.getState();
    const onNode = (event.target as Element).closest('[data-address]')?.getAttribute('data-address') ?? undefined;
    const picked = pickAt(event, scene, viewMicros) ?? (onNode ? { kind: 'address' as const, id: onNode } : undefined);
    if (picked?.kind === 'address') {
      event.preventDefault();
      elementOf(picked.id)?.focus({ preventScroll: true });
      openMenu(picked.id);
      return;
    }
    if (event.type === 'contextmenu') return;
    if (wasPlaying) pause();
    if (picked !== undefined) select(picked);
    else if (!wasPlaying) select(undefined);
  };

  const menuNode = menu && scene.nodes.find((node) => node.address === menu.address);
  const menuAnchor = menu && elementOf(menu.address);
  const { size, unit } = scene;
  const isGliding = playing && speed <= GLIDE_SPEED_MOST && scene.nodes.length <= GLIDE_NODES_MOST && !isStill;

  return (
    <section ref={box} className={cx(styles.stage, className)} aria-labelledby={heading}>
      <VisuallyHidden>
        <h2 id={heading}>Who is doing what?</h2>
      </VisuallyHidden>
      <i ref={rem} className={styles.rem} aria-hidden="true" />
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the nodes in it hear the keys */}
      {/* biome-ignore lint/a11y/useSemanticElements: a picture is no fieldset */}
      <svg
        ref={svg}
        className={cx(styles.picture, isGliding && styles.gliding)}
        viewBox={`0 0 ${size.width} ${size.height}`}
        role="group"
        aria-label="The stage: choose a node for what can be done to it"
        onClick={onPointer}
        onContextMenu={onPointer}
      >
        <Patterns unit={unit} />
        {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus */}
        <g aria-hidden="true">
          {scene.links.map((link) => (
            <g key={link.key}>
              <path d={link.d} className={cx(styles.link, link.isTrunk && styles.trunk, link.cut && styles.cutLink)} />
              {link.cut && <CutMark cut={link.cut} unit={unit} />}
            </g>
          ))}
          {scene.trail.map((step) => (
            <path key={step.key} d={step.d} className={styles.trail} />
          ))}
          {playing && <Flows scene={scene} />}
        </g>
        {scene.headings.map((text) => (
          <Words key={text.key} text={text} />
        ))}
        {scene.nodes.map((node) => (
          <NodeMark
            key={node.address}
            node={node}
            unit={unit}
            animator={animator}
            isStop={node.address === stopAddress}
            onPress={openMenu}
            onKey={onKey}
            onFocus={setStop}
          />
        ))}
      </svg>
      {/* A drawing of its own, so that what stands still is not painted again for what moves. */}
      <svg
        className={cx(styles.picture, styles.moving)}
        viewBox={`0 0 ${size.width} ${size.height}`}
        aria-hidden="true"
        focusable="false"
      >
        {scene.movers.map((mover) => (
          <MoverMark key={mover.key} mover={mover} unit={unit} animator={animator} />
        ))}
      </svg>
      <TableTwin scene={scene} playing={playing} />
      {menu && menuNode && menuAnchor && (
        <NodeMenu
          key={menu.address}
          world={world}
          view={frame.view}
          address={menu.address}
          name={menuNode.name}
          itemId={menuNode.shape === 'worker' ? (menuNode.cards[0]?.itemId ?? undefined) : undefined}
          anchor={menuAnchor}
          onDeed={(command) => {
            session.getState().deed(command);
            if (menu.wasPlaying) session.getState().play();
          }}
          onInspect={() => session.getState().select({ kind: 'address', id: menu.address })}
          onFollow={(id) => session.getState().select({ kind: 'item', id })}
          onClose={() => setMenu(undefined)}
        />
      )}
    </section>
  );
}

/** The parts of the session that change the drawing's structure; not the time that merely passes. */
function useShown(session: Session): Shown {
  const last = useRef<Shown>(undefined);
  const read = (): Shown => {
    const { frame, selection, playing, speed, world }: SessionState & SessionActions = session.getState();
    const before = last.current;
    if (
      before === undefined ||
      before.frame !== frame ||
      before.selection !== selection ||
      before.playing !== playing ||
      before.speed !== speed ||
      before.world !== world
    ) {
      last.current = { frame, selection, playing, speed, world };
    }
    return last.current!;
  };
  return useSyncExternalStore(session.subscribe, read);
}

function useScene(
  session: Session,
  { frame, selection, playing, speed }: Shown,
  { width, height, unit }: ReturnType<typeof useStageSize>,
): Scene {
  const plan = useRef<{ readonly key: string; readonly plan: StagePlan }>(undefined);
  return useMemo(() => {
    const cast = castOf(frame.view);
    const key = JSON.stringify([cast, width, height, unit]);
    if (plan.current?.key !== key) plan.current = { key, plan: planStage(cast, { width, height }, unit) };
    const { viewMicros, tell } = session.getState();
    return sceneOf(plan.current.plan, frame.view, viewMicros, {
      selection,
      drops: recentDropsOf(frame),
      losses: frame.fold<WorkTracker | undefined>('noJobLost')?.recentLosses,
      speed: playing ? speed : undefined,
      visited:
        selection?.kind === 'item'
          ? visitedBy(tell({ itemId: selection.id, untilMicros: viewMicros }).map((told) => told.entry))
          : undefined,
    });
  }, [session, frame, selection, playing, speed, width, height, unit]);
}

function pickAt(event: MouseEvent<SVGSVGElement>, scene: Scene, viewMicros: number) {
  const rect = event.currentTarget.getBoundingClientRect();
  if (rect.width === 0) return undefined;
  // The drawing is never stretched, at most made smaller as a whole and set in the middle.
  const scale = Math.max(scene.size.width / rect.width, scene.size.height / rect.height);
  const x = (event.clientX - rect.left - rect.width / 2) * scale + scene.size.width / 2;
  const y = (event.clientY - rect.top - rect.height / 2) * scale + scene.size.height / 2;
  return pick(scene, viewMicros, { x, y }, REACH_PX * scale);
}

function TableTwin({ scene, playing }: { readonly scene: Scene; readonly playing: boolean }) {
  const kept = useRef({ scene, atMs: 0 });
  const nowMs = performance.now();
  if (!playing || nowMs - kept.current.atMs > TABLE_EVERY_MS) kept.current = { scene, atMs: nowMs };
  const { scene: written } = kept.current;
  return useMemo(() => <StageTable scene={written} />, [written]);
}

function CutMark({ cut, unit }: { readonly cut: NonNullable<Scene['links'][number]['cut']>; readonly unit: number }) {
  const { x, y, dx, dy, isOneWay } = cut;
  return (
    <g transform={`matrix(${dx * unit} ${dy * unit} ${-dy * unit} ${dx * unit} ${x} ${y})`} className={styles.cut}>
      {isOneWay ? <path d="M-2-10V10M8-6L16 0 8 6" /> : <path d="M-7-11L-1 11M1-11L7 11" />}
    </g>
  );
}

function Patterns({ unit }: { readonly unit: number }) {
  const side = 7 * unit;
  return (
    <defs>
      <pattern id="stage-hatch" width={side} height={side} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width={side} height={side} className={styles.hatchGround} />
        <path d={`M0 0V${side}`} className={styles.hatchLine} strokeWidth={3 * unit} />
      </pattern>
    </defs>
  );
}
