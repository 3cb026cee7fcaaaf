import {
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
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
  type Direction,
  neighbourOf,
  type PlannedStage,
  pick,
  type Scene,
  type StageMaker,
  type StageOptions,
} from '../../geometry/index.ts';
import { invariant } from '../../kernel/invariant.ts';
import type { Address } from '../../kernel/types.ts';
import { recentDropsOf } from '../../playback/folds.ts';
import type { Session } from '../../playback/session.ts';
import type { SessionState } from '../../playback/types.ts';
import { type Anchor, cx, useMediaQuery, VisuallyHidden } from '../../ui/index.ts';
import { inspecting } from '../inspecting.ts';
import { NodeMenu } from '../NodeMenu/NodeMenu.tsx';
import { beatOf, SessionContext } from '../useSession.ts';
import { createAnimator } from './animate.ts';
import { canDrawCrowd, createCrowd, isCrowd } from './crowd.ts';
import { Flows } from './Flows.tsx';
import { MoverMark } from './MoverMark.tsx';
import { NodeMark, Words } from './NodeMark.tsx';
import serverStyles from './ServerMark.module.css';
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

export type StageProps = { readonly session?: Session; readonly className?: string };

/** What a world's own stage may do with what is pressed. */
export type StageHands = {
  /** While nodes are being chosen for something, a press chooses; each chosen one carries a letter. */
  readonly choosing?: {
    readonly letters: ReadonlyMap<Address, string>;
    readonly choose: (address: Address) => void;
  };
  /** A message on its way was pressed. */
  readonly onMessage?: (messageId: number, anchor: Anchor) => void;
};

/**
 * *Who is doing what?* The work, moving; each node a button with its menu. It fills its parent. How the world is drawn
 * is the maker's to know: each world has a stage of its own made from this one (`stages.ts`).
 */
export function StagePanel({
  maker,
  session: given,
  className,
  choosing,
  onMessage,
}: StageProps & StageHands & { readonly maker: StageMaker }) {
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

  const hasCrowd = useRef(false);
  const shown = useShown(session, hasCrowd);
  const { scene, plan, options } = useScene(maker, session, shown, room);
  const { frame, playing, speed, world } = shown;

  // Many messages are drawn on a canvas while they move. What stands still is always a drawing of elements.
  const canvas = useRef<HTMLCanvasElement>(null);
  const [hasPicture, setHasPicture] = useState(false);
  const [crowd] = useState(() => createCrowd(() => setHasPicture(true)));
  useEffect(() => () => crowd.close(), [crowd]);
  const isPlain = useMediaQuery('(forced-colors: active)') || !canDrawCrowd();
  const messages = scene.movers.filter((mover) => mover.kind === 'message').length;
  const onCanvas = playing && !isPlain && isCrowd(messages, hasCrowd.current);
  hasCrowd.current = onCanvas;
  if (hasPicture && !onCanvas) setHasPicture(false);
  // Until the canvas has its first picture, the elements stay.
  const movers = useMemo(
    () => (onCanvas && hasPicture ? scene.movers.filter((mover) => mover.kind !== 'message') : scene.movers),
    [scene, onCanvas, hasPicture],
  );

  // What moves every frame is written here, outside React's render.
  useLayoutEffect(() => {
    const { viewMicros, frame: present } = session.getState();
    animator.adopt(scene, movers);
    animator.show(viewMicros);
    crowd.adopt(scene);
    // While it plays, the next frame draws.
    if (onCanvas && canvas.current && (isStill || !crowd.hasDrawn(canvas.current)))
      crowd.show(canvas.current, plan.messages(present.view, options), viewMicros);
  }, [animator, crowd, scene, plan, options, movers, onCanvas, isStill, session]);
  useEffect(
    () =>
      session.subscribe((state, before) => {
        if (state.viewMicros === before.viewMicros) return;
        // Reduced motion: the same picture in steps; the next event moves it.
        if (isStill && state.playing) return;
        if (onCanvas && state.playing && canvas.current) {
          crowd.show(canvas.current, plan.messages(state.frame.view, options), state.viewMicros);
          animator.showMovers(state.viewMicros);
        } else if (state.frame === before.frame) animator.show(state.viewMicros);
        // Else an event changed something, and React draws first.
      }),
    [animator, crowd, session, isStill, onCanvas, plan, options],
  );

  const [stop, setStop] = useState<Address>();
  const [menu, setMenu] = useState<{ readonly address: Address; readonly wasPlaying: boolean }>();
  const stopAddress = scene.nodes.some((node) => node.address === stop) ? stop : scene.nodes[0]?.address;
  const elementOf = (address: Address) =>
    svg.current?.querySelector<SVGGElement>(`[data-address="${address}"]`) ?? undefined;

  const sceneNow = useRef(scene);
  sceneNow.current = scene;

  const hands = useRef({ choosing, onMessage });
  hands.current = { choosing, onMessage };

  const openMenu = useCallback(
    (address: Address) => {
      if (hands.current.choosing !== undefined) {
        setStop(address);
        hands.current.choosing.choose(address);
        return;
      }
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
    const now = onCanvas
      ? {
          ...scene,
          movers: [
            ...plan.messages(session.getState().frame.view, options),
            ...movers.filter((mover) => mover.kind !== 'message'),
          ],
        }
      : scene;
    // Who chooses nodes does not mean what passes by.
    const reached = pickAt(event, choosing ? { ...now, movers: [] } : now, viewMicros);
    const picked = reached ?? (onNode ? { kind: 'address' as const, id: onNode } : undefined);
    if (picked?.kind === 'address') {
      event.preventDefault();
      elementOf(picked.id)?.focus({ preventScroll: true });
      openMenu(picked.id);
      return;
    }
    if (event.type === 'contextmenu' || choosing !== undefined) return;
    if (picked?.kind === 'message') {
      const { clientX: x, clientY: y } = event;
      onMessage?.(picked.id, { left: x - REACH_PX / 2, top: y - REACH_PX / 2, width: REACH_PX, height: REACH_PX });
      return;
    }
    if (wasPlaying) pause();
    if (picked !== undefined) select(picked);
    else if (!wasPlaying) select(undefined);
  };

  const menuNode = menu && scene.nodes.find((node) => node.address === menu.address);
  const menuAnchor = menu && elementOf(menu.address);
  const { size, unit, passesBeneath } = scene;
  const isGliding =
    playing && speed <= GLIDE_SPEED_MOST && scene.nodes.length <= GLIDE_NODES_MOST && !isStill && !onCanvas;

  return (
    <section ref={box} className={cx(styles.stage, className)} aria-labelledby={heading}>
      <VisuallyHidden>
        <h2 id={heading}>Who is doing what?</h2>
      </VisuallyHidden>
      <i ref={rem} className={styles.rem} aria-hidden="true" />
      <div className={styles.layers}>
        <svg
          className={cx(styles.picture, styles.links)}
          viewBox={`0 0 ${size.width} ${size.height}`}
          aria-hidden="true"
          focusable="false"
        >
          {scene.rings?.map(({ key, d, look }) => (
            <path key={key} d={d} className={serverStyles[look]} />
          ))}
          {scene.links.map((link) => (
            <g key={link.key}>
              <path
                d={link.d}
                className={cx(styles.link, link.isTrunk && styles.trunk, (link.cut || link.isDark) && styles.cutLink)}
              />
              {link.cut && <CutMark cut={link.cut} unit={unit} />}
            </g>
          ))}
          {scene.trail.map((step) => (
            <path key={step.key} d={step.d} className={styles.trail} />
          ))}
          {playing && <Flows scene={scene} />}
          <Cuts scene={scene} />
        </svg>
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
              letter={choosing?.letters.get(node.address)}
              onPress={openMenu}
              onKey={onKey}
              onFocus={setStop}
            />
          ))}
          {choosing === undefined && <Sides scene={scene} />}
        </svg>
        {/* Drawings of their own, so that what stands still is not painted again for what moves. What is lost lies above all. */}
        {onCanvas && (
          // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a picture, it takes no focus
          <canvas
            ref={canvas}
            className={cx(styles.crowd, passesBeneath ? styles.beneath : styles.over)}
            style={{ width: size.width, height: size.height }}
            aria-hidden="true"
          />
        )}
        {[true, false].map((isMessages) => (
          <svg
            key={String(isMessages)}
            className={cx(styles.picture, styles.moving, isMessages && passesBeneath ? styles.beneath : styles.over)}
            viewBox={`0 0 ${size.width} ${size.height}`}
            aria-hidden="true"
            focusable="false"
          >
            {movers
              .filter((mover) => (mover.kind !== 'lost') === isMessages)
              .map((mover) => (
                <MoverMark key={mover.key} mover={mover} unit={unit} animator={animator} />
              ))}
          </svg>
        ))}
      </div>
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
          onInspect={() => {
            session.getState().select({ kind: 'address', id: menu.address });
            inspecting.ask();
          }}
          onFollow={(id) => session.getState().select({ kind: 'item', id })}
          onClose={() => setMenu(undefined)}
        />
      )}
    </section>
  );
}

/**
 * The parts of the session that change the drawing's structure; not the time that merely passes. With a crowd on the
 * way, nodes are drawn anew on the panels' beat, and only what moves in each frame.
 */
function useShown(session: Session, hasCrowd: RefObject<boolean>): Shown {
  const last = useRef<{ readonly session: Session; readonly shown: Shown }>(undefined);
  if (last.current?.session !== session) last.current = { session, shown: shownOf(session) };
  const subscribe = useCallback(
    (tell: () => void) => {
      const renew = () => {
        last.current = { session, shown: shownOf(session) };
        tell();
      };
      const stopBeat = beatOf(session)(() => {
        if (last.current!.shown.frame !== session.getState().frame) renew();
      });
      const stop = session.subscribe((state) => {
        const { shown } = last.current!;
        const isDeed =
          shown.selection !== state.selection ||
          shown.playing !== state.playing ||
          shown.speed !== state.speed ||
          shown.world !== state.world;
        const waits = state.playing && hasCrowd.current;
        if (isDeed || (!waits && shown.frame !== state.frame)) renew();
      });
      if (last.current!.shown.frame !== session.getState().frame) renew();
      return () => {
        stopBeat();
        stop();
      };
    },
    [session, hasCrowd],
  );
  return useSyncExternalStore(subscribe, () => last.current!.shown);
}

function shownOf(session: Session): Shown {
  const { frame, selection, playing, speed, world } = session.getState();
  return { frame, selection, playing, speed, world };
}

function useScene(
  maker: StageMaker,
  session: Session,
  { frame, selection, playing, speed }: Shown,
  { width, height, unit }: ReturnType<typeof useStageSize>,
): { readonly scene: Scene; readonly plan: PlannedStage; readonly options: StageOptions } {
  const known = useRef<{ readonly key: string; readonly plan: PlannedStage }>(undefined);
  return useMemo(() => {
    const key = `${width} ${height} ${unit} ${maker.castKeyOf(frame.view)}`;
    if (known.current?.key !== key) known.current = { key, plan: maker.plan(frame.view, { width, height }, unit) };
    const { plan } = known.current;
    const { viewMicros, tell } = session.getState();
    const options: StageOptions = {
      selection,
      drops: recentDropsOf(frame),
      fold: (id) => frame.fold(id),
      speed: playing ? speed : undefined,
      visited:
        selection?.kind === 'item'
          ? maker.visitedBy(tell({ itemId: selection.id, untilMicros: viewMicros }).map((told) => told.entry))
          : undefined,
    };
    return { scene: plan.scene(frame.view, viewMicros, options), plan, options };
  }, [maker, session, frame, selection, playing, speed, width, height, unit]);
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

/** Where nothing passes between two sides. */
function Cuts({ scene: { cuts } }: { readonly scene: Scene }) {
  return cuts?.map(({ key, d }) =>
    d === undefined ? null : <path key={key} d={d} data-cut={key} className={serverStyles.partition} />,
  );
}

/** Who is on which side, where the line alone doesn't say it. */
function Sides({ scene: { cuts, unit } }: { readonly scene: Scene }) {
  return cuts?.flatMap(({ key, tags }) =>
    tags.map((tag) => (
      <text key={`${key} ${tag.key}`} x={tag.at.x} y={tag.at.y} fontSize={14 * unit} className={serverStyles.side}>
        {tag.text}
      </text>
    )),
  );
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
